import RedisTestSupport

/// What patterns and texts are made of: characters whose folding, classes or clusters are odd stand beside plain ones.
enum Alphabet {
    static let plain: [[String]] = [
        ["a", "b", "c"], ["a", "b", "1", "_"], ["x", "y", ".", "-"], ["A", "a", "B", "b"],
        ["f", "o", "r", "d", "e"], ["0", "1", "9"], ["a", " ", "#"], ["a", "\n", "b"], ["/", ":", ",", "a"],
        ["(", ")", "[", "]", "{", "}", "a"], ["s", "S", "k", "K"], ["i", "I", "j"], ["\\", "|", "*", "^", "$"],
    ]

    static let odd: [[String]] = [
        ["s", "S", "ſ", "ß", "ẞ", "ss"], ["k", "K", "\u{212A}", "å", "Å", "\u{212B}"],
        ["i", "I", "İ", "ı", "i\u{307}"],
        ["é", "É", "e", "\u{301}"], ["ä", "Ä", "ö", "ü", "a"], ["ÿ", "Ÿ", "µ", "μ", "×", "÷"], ["ª", "º", "¿", "é"],
        ["α", "Α", "σ", "ς", "Σ"], ["ΐ", "ΰ", "ι", "\u{345}", "\u{1FBE}"], ["Ω", "\u{2126}", "ω", "ᾳ", "ᾼ"],
        ["ж", "Ж", "я", "Я"], ["Ꙋ", "ꙋ", "\u{1C88}", "в", "\u{1C80}"], ["ﬁ", "f", "i", "F", "I"],
        ["ﬀ", "ﬃ", "f", "fi", "ff"], ["ﬅ", "ﬆ", "s", "t", "st"], ["ŉ", "ʼ", "n", "N"], ["ǰ", "j", "\u{30C}", "J"],
        ["ẖ", "h", "\u{331}", "ẗ", "t", "\u{308}"], ["և", "ե", "ւ", "ﬓ", "մ", "ն"], ["ǆ", "ǅ", "Ǆ"],
        ["a", "\u{300}", "\u{308}", "e"], ["👨", "\u{200D}", "👩", "👧", "🏽"], ["❤", "\u{FE0F}", "\u{20E3}", "1"],
        ["🇩", "🇪", "🇫"], ["가", "각", "\u{1100}", "\u{1161}", "\u{11A8}"], ["\r", "\n", "\r\n", "a"],
        ["\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"], ["\u{A0}", "\u{2003}", "\u{3000}", "\u{200B}", " "],
        ["٣", "²", "Ⅷ", "ⅷ", "①", "3"], ["Ⓐ", "ⓐ", "a"], ["\u{0}", "\u{1}", "\u{7F}", "\u{80}", "\u{9F}"],
        ["𐐀", "𐐨", "𝒜"], ["\u{10FFFF}", "\u{FFFF}", "\u{E000}", "\u{378}"], ["ა", "Ა", "Ა"],
        ["Ꭰ", "ꭰ", "Ᏸ", "ᏸ"], ["漢", "あ", "ア", "ー"], ["ก", "ำ", "\u{E31}"], ["ि", "क", "\u{94D}", "ष"],
        ["\u{600}", "a", "\u{AD}", "\u{FEFF}"], ["Ŋ", "ŋ", "Ɐ", "ɐ", "ȿ"], ["ᾀ", "ᾈ", "ἀ"], ["ﬗ", "մ", "խ"],
    ]

    static func any(_ chance: inout Chance) -> String { chance.pick(chance.pick(plain + odd)!)! }

    static let posixNames = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    ]
    static let wrongPosixNames = ["foo", "Alpha", "alphaa", "", "alph", "^^alpha", "al pha", "digit ", "d"]

    /// Properties, each with a few members.
    static let properties: [(name: String, members: String)] = [
        ("Alnum", "a1é"), ("Alpha", "aéж"), ("Blank", " \t\u{3000}"), ("Cntrl", "\u{1}\u{80}\u{AD}"), ("Digit", "1٣"),
        ("Graph", "a!é"), ("Lower", "aéª"), ("Print", "a é"), ("Punct", "!-¿"), ("Space", " \n\u{2003}"),
        ("Upper", "AÉⒶ"), ("XDigit", "aF9"), ("Word", "a_é\u{301}"), ("ASCII", "a~"), ("Any", "aé"), ("L", "aéǅ"),
        ("Ll", "aé"), ("Lu", "AÉ"), ("Lt", "ǅ"), ("Lm", "ʼ"), ("Lo", "ª漢"), ("M", "\u{301}"), ("Mn", "\u{301}"),
        ("N", "1²Ⅷ"), ("Nd", "1٣"), ("Nl", "Ⅷ"), ("No", "²"), ("P", "!-"), ("Pc", "_"), ("Pd", "-"), ("Ps", "("),
        ("S", "+$^"), ("Sc", "$€"), ("Sm", "+×"), ("Z", " \u{2028}"), ("Zs", " \u{A0}"), ("Zl", "\u{2028}"),
        ("C", "\u{0}\u{378}"), ("Cc", "\u{1}"), ("Cf", "\u{200D}"), ("Cn", "\u{378}"), ("Co", "\u{E000}"), ("Cs", "a"),
        ("LC", "aA"), ("Greek", "αΩ"), ("Cyrillic", "жЯ"), ("Latin", "aéſ"), ("Han", "漢"), ("Hiragana", "あ"),
        ("Katakana", "ア"), ("Hangul", "가\u{1100}"), ("Common", "1 ×"), ("Inherited", "\u{301}"), ("Thai", "ก"),
        ("Armenian", "եﬓ"), ("Georgian", "აᲐ"), ("Deseret", "𐐀𐐨"), ("Cherokee", "Ꭰꭰ"), ("Unknown", "\u{378}"),
        ("Letter", "aé"), ("Uppercase_Letter", "AÉ"), ("Decimal_Number", "1"), ("White_Space", " \u{85}"),
        ("Alphabetic", "aⒶ"), ("Lowercase", "aª"), ("Uppercase", "AⒶ"), ("Emoji", "👨1❤"), ("Emoji_Modifier", "🏽"),
        ("Hex_Digit", "aF"), ("ID_Start", "aé"), ("XPosixPunct", "$!"), ("In_Basic_Latin", "a"), ("InGreek", "α"),
        ("In_Greek_and_Coptic", "α"), ("Age=6.0", "aé"), ("Age=1.1", "aé"),
        ("Grapheme_Cluster_Break=Prepend", "\u{600}"),
        ("Script=Greek", "α"), ("Greek_Extended", "ᾀ"), ("Join_Control", "\u{200D}"), ("Dash", "-"), ("Zyyy", "1"),
        ("Grek", "α"), ("Cased", "aA"), ("Case_Ignorable", "\u{301}"), ("Math", "+"), ("Extended_Pictographic", "❤"),
    ]
    static let wrongProperties = [
        "Foo", "", "Lx", "^", "^^L", "Gre ek x", "In", "InNowhere", "L&", "ascii!", "é", "Age=99", "p{L}", "CR",
    ]
}
