//! Quotations with their speakers and numbers with their owners, in sentences of every language.

use newsgraph::article::{Options, Reader};
use newsgraph::language::Language;
use newsgraph::pipeline::extract;
use newsgraph::record::{ArticleRecord, Claim, Object, Status};

fn record(language: Language, text: &str) -> ArticleRecord {
    let options = Options { language: Some(language), ..Options::default() };
    let reader = Reader::new(options).expect("the language data are sound");
    let document = reader.read("article.txt", text.as_bytes().to_vec()).remove(0).expect("the text is an article");
    extract(document)
}

/// Speaker and words of every quotation.
fn quotations(language: Language, text: &str) -> Vec<(String, String)> {
    let record = record(language, text);
    record.quotations.iter().map(|q| (record.entities[q.speaker].names[0].clone(), q.text.clone())).collect()
}

#[track_caller]
fn says(language: Language, text: &str, speaker: &str, words: &str) {
    let found = quotations(language, text);
    assert!(found.iter().any(|(s, w)| s.contains(speaker) && w == words), "{speaker}: {words}\nfound {found:?}");
}

#[track_caller]
fn owns(language: Language, text: &str, owner: &str, number: &str) {
    let record = record(language, text);
    let found: Vec<_> = record
        .quantities
        .iter()
        .map(|q| {
            (
                q.of.map(|o| record.entities[o].names[0].clone()),
                [&q.value, &q.min, &q.max].into_iter().flatten().cloned().collect::<Vec<_>>().join("-"),
            )
        })
        .collect();
    assert!(
        found.iter().any(|(o, n)| o.as_deref().is_some_and(|o| o.contains(owner)) && n == number),
        "{owner}: {number}\nfound {found:?}"
    );
}

const OPENING: &str = "Harvest at the lake\n\n";

#[test]
fn english_speakers() {
    let text = format!(
        "{OPENING}Mary Baker opened the new mill on Friday. “We waited nine long years for this,” she said. “Now the work begins for all of us.”\n\nThe mayor, Peter Stone, called the mill “a gift to the valley.”\n"
    );
    says(Language::En, &text, "Mary Baker", "We waited nine long years for this");
    says(Language::En, &text, "Mary Baker", "Now the work begins for all of us.");
    says(Language::En, &text, "Peter Stone", "a gift to the valley.");
}

#[test]
fn french_speakers() {
    let text = format!(
        "{OPENING}Marie Dubois a visité le chantier lundi. « Nous avons attendu neuf longues années », a-t-elle déclaré.\n\nLe projet est « une chance pour la vallée », a estimé Paul Lefèvre.\n"
    );
    says(Language::Fr, &text, "Marie Dubois", "Nous avons attendu neuf longues années");
    says(Language::Fr, &text, "Paul Lefèvre", "une chance pour la vallée");
}

#[test]
fn german_speakers() {
    let text = format!(
        "{OPENING}Anna Schmidt eröffnete am Freitag die neue Mühle. „Wir haben neun lange Jahre gewartet“, sagte sie.\n\n„Das Projekt ist ein Gewinn für das Tal“, so Peter Müller.\n"
    );
    says(Language::De, &text, "Anna Schmidt", "Wir haben neun lange Jahre gewartet");
    says(Language::De, &text, "Peter Müller", "Das Projekt ist ein Gewinn für das Tal");
}

#[test]
fn indonesian_speakers() {
    let text = format!(
        "{OPENING}Budi Santoso membuka pabrik baru itu pada hari Jumat. \"Kami menunggu selama sembilan tahun,\" katanya.\n\n\"Proyek ini sangat baik untuk warga,\" ujar Siti Rahayu.\n"
    );
    says(Language::Id, &text, "Budi Santoso", "Kami menunggu selama sembilan tahun");
    says(Language::Id, &text, "Siti Rahayu", "Proyek ini sangat baik untuk warga");
}

#[test]
fn titles_in_marks_are_no_quotations() {
    let text = format!("{OPENING}Mary Baker said that she had read “Moby Dick” as a child.\n");
    assert_eq!(quotations(Language::En, &text), []);
}

#[test]
fn owners_of_numbers() {
    owns(Language::En, &format!("{OPENING}Microsoft employs more than 220,000 people.\n"), "Microsoft", "220000");
    owns(
        Language::En,
        &format!("{OPENING}Microsoft serves more than 40 million private and 30,000 corporate customers.\n"),
        "Microsoft",
        "30000",
    );
    owns(Language::Fr, &format!("{OPENING}Renault compte plus de 105 000 salariés.\n"), "Renault", "105000");
    owns(
        Language::De,
        &format!("{OPENING}Siemens erzielte einen Umsatz von 77,8 Milliarden Euro.\n"),
        "Siemens",
        "77800000000",
    );
    owns(
        Language::Id,
        &format!("{OPENING}Telkom membukukan pendapatan sebesar Rp 5 triliun.\n"),
        "Telkom",
        "5000000000000",
    );
}

#[track_caller]
fn tells_no_number(language: Language, text: &str) {
    let owned: Vec<_> = record(language, text).quantities.into_iter().filter(|q| q.of.is_some()).collect();
    assert!(owned.is_empty(), "{text}\nfound {owned:?}");
}

#[test]
fn english_owners_of_numbers() {
    for (text, owner, number) in [
        ("Brightwater Energy has grown fast. The company had 4,200 employees in May.", "Brightwater Energy", "4200"),
        ("Calden Bank agreed to invest $650 million in Ostrava Motors.", "Calden Bank", "650000000"),
        ("Northfield Group bought Ostrava Motors for $200 million.", "Ostrava Motors", "200000000"),
        ("Fenwick Capital holds a 20% stake in Ostrava Motors.", "Ostrava Motors", "20"),
        ("Shares of Ostrava Motors closed at $18.50 on Tuesday.", "Ostrava Motors", "18.5"),
        ("Ostrava Motors is set to raise up to $6.5bn (£5bn) in London.", "Ostrava Motors", "5000000000"),
        ("Ostrava Motors may sell up to an additional 15 per cent of its shares.", "Ostrava Motors", "15"),
        ("The death toll from a fire in the city of Lisbon rose to 24 on Saturday.", "Lisbon", "24"),
        ("At least 35 people were killed in a flood in Peru on Friday.", "Peru", "35"),
        ("Microsoft says it has more than 400 million users.", "Microsoft", "400000000"),
    ] {
        owns(Language::En, &format!("{OPENING}{text}\n"), owner, number);
    }
    for text in [
        "The airline said a Boeing 737 jet of Ryanair landed safely.",
        "Microsoft opened two new offices in Spain after 30 days.",
    ] {
        tells_no_number(Language::En, &format!("{OPENING}{text}\n"));
    }
}

#[test]
fn french_owners_of_numbers() {
    for (text, owner, number) in [
        ("La société Valmer a levé 60 millions d'euros auprès de la Banque Delorme.", "Valmer", "60000000"),
        ("Le chiffre d'affaires de Renault a atteint 46 milliards d'euros.", "Renault", "46000000000"),
        ("Les dépenses de Renault ne dépasseront pas 5 milliards d'euros.", "Renault", "5000000000"),
        ("Une explosion a fait 25 morts à Marseille.", "Marseille", "25"),
    ] {
        owns(Language::Fr, &format!("{OPENING}{text}\n"), owner, number);
    }
    tells_no_number(Language::Fr, &format!("{OPENING}Renault va construire une usine en 3 ans.\n"));
}

#[test]
fn german_owners_of_numbers() {
    for (text, owner, number) in [
        ("Der Umsatz von Siemens ist um 8% gesunken.", "Siemens", "8"),
        ("Die Arbeitskosten bei Siemens betragen gut sechs Millionen Euro.", "Siemens", "6000000"),
        (
            "Hauptgläubiger sind die Commerzbank (3,2 Millionen Euro) und die Deutsche Bank (1,3 Millionen Euro).",
            "Deutsche Bank",
            "1300000",
        ),
        ("Siemens könnte bis zu 500 weitere Stellen streichen.", "Siemens", "500"),
        ("Bei einem Unfall in Köln wurden 25 Menschen verletzt.", "Köln", "25"),
    ] {
        owns(Language::De, &format!("{OPENING}{text}\n"), owner, number);
    }
    tells_no_number(Language::De, &format!("{OPENING}Siemens erhöhte die Preise nach 30 Tagen.\n"));
}

#[test]
fn indonesian_owners_of_numbers() {
    for (text, owner, number) in [
        ("Nilai ekspor Indonesia ke Malaysia mencapai US$ 3,5 miliar.", "Indonesia", "3500000000"),
        ("Telkom membukukan laba bersih Rp 8,3 T pada tahun lalu.", "Telkom", "8300000000000"),
        ("Telkom memiliki 5 juta lebih pelanggan.", "Telkom", "5000000"),
        ("Pendapatan Telkom naik 12 persen.", "Telkom", "12"),
        ("Sebanyak 25 orang tewas dalam banjir di Garut.", "Garut", "25"),
    ] {
        owns(Language::Id, &format!("{OPENING}{text}\n"), owner, number);
    }
    tells_no_number(Language::Id, &format!("{OPENING}Telkom berdiri selama 30 tahun.\n"));
}

#[test]
fn numbers_that_their_neighbours_name() {
    for (language, text, owner, number) in [
        (
            Language::En,
            "Between 300 and 400 employees of Ostrava Motors will be affected.",
            "Ostrava Motors",
            "300-400",
        ),
        (
            Language::En,
            "Ostrava Motors raised its forecast from $3 billion to $5 billion.",
            "Ostrava Motors",
            "3000000000",
        ),
        (
            Language::En,
            "Ostrava Motors raised its forecast from $3 billion to $5 billion.",
            "Ostrava Motors",
            "5000000000",
        ),
        (Language::En, "Iceland, with a population of 380,000, has no army.", "Iceland", "380000"),
        (
            Language::En,
            "A storm struck Turkey on Sunday, killing 35 people and injuring more than 200.",
            "Turkey",
            "200",
        ),
        (Language::En, "Ostrava Motors employs 1,500 American workers.", "Ostrava Motors", "1500"),
        (Language::De, "Siemens beschäftigt 12.000 Mitarbeiter, davon 4.000 in Österreich.", "Siemens", "4000"),
        (Language::De, "Wien hat rund zwei Millionen Einwohner.", "Wien", "2000000"),
        (Language::De, "Bei einem Unglück in Bayern sind vier Menschen gestorben, 40 wurden verletzt.", "Bayern", "40"),
        (Language::Fr, "Renault emploie 12 000 personnes dans le monde, dont 4 000 en France.", "Renault", "4000"),
        (Language::Fr, "Le bénéfice de la Banque Delorme a bondi de 12 % à 900 millions d'euros.", "Delorme", "12"),
        (
            Language::Fr,
            "Le bénéfice de la Banque Delorme a bondi de 12 % à 900 millions d'euros.",
            "Delorme",
            "900000000",
        ),
        (Language::Id, "IHSG ditutup melemah 0,8 persen ke level 7.120.", "IHSG", "7120"),
        (Language::Id, "Telkom memiliki 8 juta pengguna di Malaysia.", "Telkom", "8000000"),
    ] {
        owns(language, &format!("{OPENING}{text}\n"), owner, number);
    }
}

#[test]
fn numbers_of_states_places_and_those_who_pay() {
    for (language, text, owner, number) in [
        (
            Language::En,
            "Halden Motors was fined $25 million by the Federal Trade Commission.",
            "Halden Motors",
            "25000000",
        ),
        (Language::En, "Turnout in Portugal was 52 percent, the lowest since 1976.", "Portugal", "52"),
        (
            Language::De,
            "Die EU-Kommission verhängte gegen Siemens eine Strafe von 350 Millionen Euro.",
            "Siemens",
            "350000000",
        ),
        (Language::De, "Der Investor Fenwick Capital hält 25 Prozent an der Helvar AG.", "Helvar", "25"),
        (Language::De, "Die Wahlbeteiligung in Hessen lag bei 66 Prozent.", "Hessen", "66"),
        (Language::De, "Bei Überschwemmungen in Spanien kamen 95 Menschen ums Leben.", "Spanien", "95"),
        (Language::Fr, "Le taux de participation en France s'élevait à 48 %.", "France", "48"),
        (Language::Fr, "Un accident de car a coûté la vie à 14 personnes dans le nord du Pérou.", "Pérou", "14"),
        (Language::Id, "Jumlah korban tewas akibat gempa Cianjur bertambah menjadi 334 orang.", "Cianjur", "334"),
    ] {
        owns(language, &format!("{OPENING}{text}\n"), owner, number);
    }
    for (language, text) in [
        (Language::De, "Die Polizei Köln nahm 12 Personen fest und stellte 30 Kilogramm Kokain sicher."),
        (Language::En, "Police in Madrid arrested 12 people and seized 300 kilograms of cocaine."),
    ] {
        tells_no_number(language, &format!("{OPENING}{text}\n"));
    }
}

#[test]
fn odd_texts_do_not_panic() {
    for text in [
        "“",
        "\"said\" X",
        "said “a b c d e f\n\n“g h”",
        "1:100 16H00 $",
        "kata \"x\"",
        "« a », a-t-il",
        "„so“ so",
        "X (60%) 3 to",
        "' ' '",
        "“We said.\n\n“And we",
    ] {
        for language in Language::ALL {
            let long = format!("{OPENING}{text}\n\n{text} Mary Baker {text} said {text}");
            record(language, &long);
        }
    }
}

#[track_caller]
fn silent(language: Language, text: &str, words: &str) {
    let found = quotations(language, text);
    assert!(found.iter().all(|(_, w)| w != words), "{words} is no quotation\nfound {found:?}");
}

#[test]
fn inverted_and_described_speakers() {
    let fr = format!(
        "{OPENING}Le port doit être « fermé ou vendu » cette année, a averti lundi le secrétaire au Budget Paul Lefèvre, tandis que les pêcheurs attendent.\n\nClaire Fontaine a visité le marché mardi. « Nous avons perdu beaucoup de temps ici », a expliqué au Journal du Lac la présidente, assurant que son choix était « difficile à faire ».\n\n« Il manque du pain depuis trois jours », a raconté un responsable de la mairie.\n"
    );
    says(Language::Fr, &fr, "Paul Lefèvre", "fermé ou vendu");
    says(Language::Fr, &fr, "Claire Fontaine", "Nous avons perdu beaucoup de temps ici");
    says(Language::Fr, &fr, "Claire Fontaine", "difficile à faire");
    says(Language::Fr, &fr, "responsable", "Il manque du pain depuis trois jours");
    let de = format!(
        "{OPENING}»Wir haben im Frühjahr zu spät reagiert«, erklärte der für den Hafen zuständige Vizechef Karl Lindner in einem Brief.\n\nDie Stadt nannte den Plan „einen großen Wurf“.\n"
    );
    says(Language::De, &de, "Karl Lindner", "Wir haben im Frühjahr zu spät reagiert");
}

#[test]
fn pronouns_mean_who_spoke_or_acted_before() {
    let id = format!(
        "{OPENING}Budi Hartono meninjau pasar baru pada Senin. Pasar itu penting karena menjadi bagian dari program Presiden Sulawati, Rahman Malik.\n\n\"Kami sudah menunggu sembilan tahun lamanya untuk pasar ini,\" ujarnya.\n\n\"Pembeli mulai datang sejak pagi hari ini,\" kata dia.\n"
    );
    says(Language::Id, &id, "Budi Hartono", "Kami sudah menunggu sembilan tahun lamanya untuk pasar ini");
    says(Language::Id, &id, "Budi Hartono", "Pembeli mulai datang sejak pagi hari ini");
    let fr = format!(
        "{OPENING}« Nous avons compris la leçon », a déclaré Jean Moreau, directeur du groupe Valmer. Valmer demande aux clients « de rester prudents en ligne », ajoute-t-il.\n"
    );
    says(Language::Fr, &fr, "Jean Moreau", "Nous avons compris la leçon");
}

#[test]
fn views_and_statements() {
    let fr = format!("{OPENING}Pour Jean Moreau, c'est « la bonne personne à la bonne place ».\n");
    says(Language::Fr, &fr, "Jean Moreau", "la bonne personne à la bonne place");
    let en = format!("{OPENING}Peter Stone: “We will rebuild the mill before the winter comes.”\n");
    says(Language::En, &en, "Peter Stone", "We will rebuild the mill before the winter comes.");
}

#[test]
fn one_subject_for_two_sayings_and_postpositions() {
    let en = format!(
        "{OPENING}The opposition leader, Tom Harding, dismissed the project as “a monument to vanity” and accused the mayor of “hiding the true costs”.\n"
    );
    says(Language::En, &en, "Tom Harding", "hiding the true costs");
    let de = format!(
        "{OPENING}Peter Garten lehnt den Bau der Mühle ab. Garten zufolge ist der Plan „nicht zu Ende gedacht“.\n\n„Ich kann seit Wochen nicht mehr schlafen“, so ein Anwohner.\n"
    );
    says(Language::De, &de, "Garten", "nicht zu Ende gedacht");
    says(Language::De, &de, "Anwohner", "Ich kann seit Wochen nicht mehr schlafen");
    let fr = format!("{OPENING}Sur la place, Luc Bernier s'est félicité : « Le port est enfin à nous. »\n");
    says(Language::Fr, &fr, "Luc Bernier", "Le port est enfin à nous.");
}

#[track_caller]
fn tells(language: Language, text: &str, speaker: &str, addressee: &str) {
    let record = record(language, &format!("{OPENING}{text}\n"));
    let name = |e: usize| record.entities[e].names[0].clone();
    let found: Vec<_> = record.quotations.iter().map(|q| (name(q.speaker), q.addressee.map(name))).collect();
    let told = |a: &Option<String>| a.as_deref().is_some_and(|a| a.contains(addressee));
    assert!(found.iter().any(|(s, a)| s.contains(speaker) && told(a)), "{speaker} to {addressee}\nfound {found:?}");
}

#[test]
fn who_is_told() {
    for (language, text, speaker, addressee) in [
        (Language::En, "“We will appeal the ruling,” Paul Reyes told Reuters on Monday.", "Paul Reyes", "Reuters"),
        (
            Language::En,
            "In an interview with Bloomberg, Ellen Marsh said: “We are not selling the company.”",
            "Ellen Marsh",
            "Bloomberg",
        ),
        (
            Language::De,
            "Im Gespräch mit dem Deutschlandfunk nannte Anna Schmidt das Gesetz „einen schweren Fehler“.",
            "Anna Schmidt",
            "Deutschlandfunk",
        ),
        (Language::Fr, "« Nous allons faire appel », a déclaré Jean Moreau à l'AFP.", "Jean Moreau", "AFP"),
        (
            Language::Fr,
            "Interrogée par France Info, Claire Fontaine a dénoncé « une décision absurde et dangereuse ».",
            "Claire Fontaine",
            "France Info",
        ),
        (Language::Id, "\"Kami akan mengajukan banding,\" kata Budi Hartono kepada Tempo.", "Budi Hartono", "Tempo"),
        (
            Language::Id,
            "\"Ini hari yang besar,\" kata Siti Rahayu dalam wawancara dengan Kompas TV.",
            "Siti Rahayu",
            "Kompas TV",
        ),
    ] {
        tells(language, text, speaker, addressee);
    }
}

#[test]
fn views_in_relative_clauses() {
    let fr = format!(
        "{OPENING}Un avis a été émis par le ministère de la Justice pour qui « la présence de l'accusé est indispensable ».\n"
    );
    says(Language::Fr, &fr, "ministère de la Justice", "la présence de l'accusé est indispensable");
}

#[test]
fn titles_translations_and_charges_are_no_quotations() {
    let fr = format!(
        "{OPENING}Jean Moreau a confirmé que la créatrice de la série « Poupée de bois », Anne Martin, reviendrait.\n\nLes fans de Valmer aiment le jeu de mots \"May the mill be there\" (\"Que le moulin soit là\").\n"
    );
    silent(Language::Fr, &fr, "Poupée de bois");
    silent(Language::Fr, &fr, "Que le moulin soit là");
    let en = format!("{OPENING}Mary Baker praised the film “A house by the lake” on Friday.\n");
    silent(Language::En, &en, "A house by the lake");
}

/// Status of the claim between two things, if the article makes one.
fn status(language: Language, sentence: &str, subject: &str, object: &str) -> Option<Status> {
    let record = record(language, &format!("{OPENING}{sentence}\n"));
    let named = |e: usize, name: &str| record.entities[e].names.iter().any(|n| n.contains(name));
    let between = |c: &&Claim| {
        let right = matches!(c.object, Object::Entity(o) if named(o, object));
        right && named(c.subject, subject)
    };
    record.claims.iter().find(between).map(|c| c.status)
}

#[test]
fn negation_plan_and_condition_belong_to_their_clause() {
    let of = |language, sentence| status(language, sentence, "Norvex", "Quellmark");
    assert_eq!(of(Language::En, "Norvex AG did not buy Quellmark GmbH."), Some(Status::Negated));
    assert_eq!(of(Language::En, "Norvex Corp plans to buy Quellmark Corp."), Some(Status::Planned));
    assert_eq!(of(Language::En, "Norvex AG reportedly bought Quellmark GmbH."), Some(Status::Reported));
    assert_eq!(
        of(Language::En, "Norvex AG, which never paid a dividend, bought Quellmark GmbH."),
        Some(Status::Asserted)
    );
    assert_eq!(of(Language::Fr, "Le groupe Norvex a démenti avoir racheté Quellmark SA."), Some(Status::Negated));
    assert_eq!(of(Language::Fr, "Norvex SA a renoncé à racheter Quellmark SA."), Some(Status::Negated));
    assert_eq!(
        of(Language::Fr, "Non seulement Norvex SA a racheté Quellmark SA, mais elle recrute."),
        Some(Status::Asserted)
    );
    assert_eq!(of(Language::De, "Wenn die Norvex AG die Quellmark AG übernimmt, steigen die Preise."), None);
    assert_eq!(of(Language::Id, "PT Norvex batal mengakuisisi PT Quellmark."), Some(Status::Negated));
    assert_eq!(of(Language::Id, "PT Norvex berencana mengakuisisi PT Quellmark."), Some(Status::Planned));
    assert_eq!(of(Language::Id, "Jika PT Norvex mengakuisisi PT Quellmark, harga akan naik."), None);
}
