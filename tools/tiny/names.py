"""First names by gender, surnames, and names of animals.

Kept apart from the other pools because these lists are long on purpose: a name that comes from a
short list can be guessed by a trained model, a name out of several hundred has to be copied.
"""


def _words(text: str) -> list[str]:
    """Splits a block at white space."""
    return text.split()


FEMALE = _words("""
Anna Maria Olga Fatima Yuki Priya Ingrid Chloe Zainab Leila Carmen Nadia Emily Grace Hannah Sophie
Aisha Beatriz Camila Daphne Elena Freya Greta Helena Irene Julia Katarina Lucia Mira Nora Odette
Paula Rania Simone Tamara Ursula Valeria Wanda Ximena Yasmin Zoe Abigail Bianca Clara Dina Esther
Fiona Gloria Heidi Isabel Joanna Kavita Laura Margaret Naomi Ophelia Petra Rebecca Sarah Teresa
Uma Victoria Wilma Yvonne Zelda Adele Brenda Celeste Diana Edith Felicia Gwen Hilda Iris Jasmine
Karen Linda Martha Nina Olivia Pamela Rachel Susan Tina Vera Wendy Agnes Barbara Cecilia Dolores
Eva Florentina Gemma Harriet Ivana Jill Kate Lydia Monica Natalie Pauline Rosa Sandra Thelma Vivian
Alice Bridget Charlotte Deborah Eleanor Frances Gina Holly Ida Judith Kirsten Louise Melissa Nancy
Phoebe Rita Stella Tracy Violet Amelia Bella Christine Delia Elsa Flora Gabriela Hazel Ines Jenny
Kiara Lena Mabel Nelly Pilar Regina Selma Tessa Vanessa Amina Bronwyn Chiara Dalia Emma Farah
Gretel Hana Ilse Jamila Keiko Lakshmi Mei Noor Oksana Pooja Rosalind Sinead Thandi Veronica Anouk
Birgit Constance Deepa Esme Fleur Giulia Hiroko Imani Josefina Khadija Ludmila Marisol Nicole
Parvati Renata Sabine Tatiana Umeko Vesna Amara Britta Consuelo Dorothy Estelle Francine Georgina
Henrietta Isadora Johanna Kristin Lorena Magda Nadine Palesa Rosemary Shirin Trudy Ulrike Valentina
Anjali Beatrice Claudia Danuta Edwina Fabiola Ginevra Huda Iolanda Jadwiga Kerstin Lourdes Matilda
Nerissa Perpetua Ruth Solveig Tove Winifred Aurora Blanche Cordelia Dagmar Eloise Fern Genevieve
Hermione Inga Josephine Kamila Lavinia Miriam Nell Polly Rhoda Sylvia Tabitha Vilma Zara
""")

MALE = _words("""
Tom Ben Pavel Ahmed Kenji Rajesh Lars Pierre Omar Carlos Daniel David Michael James George Henry
Adam Boris Cedric Dmitri Erik Felix Gustav Hugo Ivan Jakob Karl Leon Marco Nils Oscar Paul Quentin
Rafael Stefan Tariq Umberto Victor Walter Xavier Yusuf Zachary Albert Bruno Clive Dennis Edgar Frank
Gerald Harold Ian Jorge Kevin Louis Martin Nathan Oliver Peter Ralph Samuel Theo Vincent William
Arthur Brian Colin Derek Edwin Fabian Gordon Hassan Isaac Jerome Keith Lionel Mario Neil Otto
Patrick Roland Simon Trevor Ulrich Vikram Warren Anton Bernard Cyril Dominic Emil Francis Gilbert
Howard Igor Joseph Kurt Luca Malik Norman Orlando Philip Ramon Sergio Thomas Ugo Vladimir Winston
Alfred Barry Conrad Duncan Ernest Fred Graham Herbert Isamu Julian Klaus Lorenzo Matthew Nigel
Oswald Percy Reginald Stanley Timothy Vernon Wesley Alan Bashir Craig Diego Elias Farid Gabriel
Hector Idris Jonas Kofi Leonard Mustafa Nikolai Olaf Pablo Rashid Sanjay Takumi Uri Vasily Andre
Bartek Chen Darius Enrique Finn Giovanni Haruto Ismail Javier Kwame Liam Magnus Noah Osman Piotr
Ronan Salvatore Tobias Viktor Arjun Bogdan Cormac Declan Emeka Fergus Gunther Hamid Ibrahim Joaquin
Kamal Lucas Mateo Nasser Obinna Pranav Rupert Sven Tadeusz Valentin Zoltan Alistair Benedict Caleb
Desmond Ethan Florian Gareth Hideo Ivo Jasper Kieran Laszlo Milos Nikhil Osvaldo Pedro Rodrigo
Silvio Thabo Vusi Anders Baptiste Cosmo Damian Eamon Fritz Gideon Horatio Ignacio Jerzy Konrad
Lamar Marek Nestor Oren Pascal Rory Seamus Tibor Wilfred Yannick Ambrose Barnaby Cyrus Dario
Efrain Ferdinand Godfrey Hamish Imran Jovan Kaspar Leopold Montgomery Niall Ottavio Prakash Ruben
Sandro Terence Waldo Zubin Amos Bertrand Clement Dougal Ezra Faisal Gaston Hiroshi Isidro Jethro
""")

SURNAMES = _words("""
Okafor Tanaka Murphy Novak Silva Petrov Hansen Fischer Rossi Dubois Kowalski Nguyen Patel Khan
Suzuki Kim Larsen Moreno Costa Weber Schmidt Lindgren Haddad Mensah Abebe Castillo Romero Vargas
Delgado Ferrari Bianchi Marino Conti Laurent Moreau Girard Lambert Keller Brandt Vogel Krause
Nielsen Berg Dahl Nygaard Virtanen Laine Horvat Kovacs Szabo Popescu Ionescu Dimitrov Georgiou
Yilmaz Demir Aydin Rahman Chowdhury Iyer Reddy Sharma Gupta Banerjee Perera Fonseka Wijaya Santoso
Tran Pham Wong Cheung Zhao Huang Sato Yamada Kobayashi Nakamura Park Choi Osei Boateng Adeyemi
Balogun Mwangi Otieno Dlamini Nkosi Botha Pretorius Harper Whitfield Barlow Pemberton Ashdown
Thornton Bradshaw Caldwell Dawson Ellsworth Fairbanks Garrison Holloway Jennings Kirkland Langley
Merriweather Norwood Oakley Prescott Quigley Ramsey Sinclair Templeton Underhill Vance Westbrook
Yardley Abbott Bishop Carver Dunmore Everett Finch Goodwin Hargrove Ingram Kessler Lockwood Mercer
Nash Osborne Pruitt Rhodes Sheldon Tucker Vaughn Whitaker Archer Baxter Crawford Drummond Elliott
Forsyth Gallagher Hendricks Irving Jamison Kavanagh Lowell Maddox Nolan Ogden Pacheco Quintero
Rivas Salazar Trujillo Ulloa Villareal Zamora Andrade Barbosa Cardoso Duarte Esteves Figueira
Guerra Lacerda Machado Nogueira Pinheiro Queiroz Ribeiro Teixeira Aguilar Becerra Cordova Escobar
Galindo Hidalgo Jaramillo Ledesma Montoya Olivares Palacios Quiroga Rosales Sandoval Tovar Urrutia
Wexler Ackerman Bergmann Clausen Drexler Eriksson Falk Gruber Hoffmann Isaksen Jansen Kaminski
Lehmann Meier Neumann Olsson Pfeiffer Richter Steiner Thorsen Ulrichsen Vandermeer Winkler Zeller
Ansah Bekele Chukwu Diallo Ekwueme Farouk Gebre Hussein Issa Jallow Kamara Lungu Mbeki Ndlovu
Odhiambo Phiri Sesay Tesfaye Wanjiru Zulu
""")

PETS = _words("""
Biscuit Pepper Mango Shadow Waffles Ginger Pickle Domino Cocoa Rusty Smokey Nutmeg Pebble Marble
Truffle Clover Sprout Banjo Muffin Cricket Tango Bramble Comet Dumpling Echo Fudge Gizmo Hobbit
Indigo Jellybean Kiwi Licorice Maple Noodle Otter Patches Quill Ripley Sesame Tofu Velvet Whiskers
Yoyo Ziggy Acorn Bagel Cinder Dot Ember Figaro Goblin Honey Iggy Jiffy Kipper Lucky Mittens Nacho
Olive Poppy
""")
