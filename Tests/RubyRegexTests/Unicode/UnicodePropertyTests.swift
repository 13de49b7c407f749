import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(1))) struct UnicodePropertyTests {
    private func codePoints(_ name: String) -> CodePointSet? { UnicodeProperty(named: name.utf8)?.codePoints }

    @Test(arguments: [
        ("Alpha", 132_875), ("lu", 1_791), ("Uppercase_Letter", 1_791), ("L", 131_241), ("Greek", 518), ("grek", 518),
        ("HAN", 94_204), ("Age=6.0", 246_983), ("In_Basic_Latin", 128), ("Script_Extensions", nil), ("Emoji", 1_367),
        ("Grapheme_Cluster_Break=Prepend", 24), ("graphemeclusterbreak=prepend", 24), ("Any", 1_112_064),
        ("ASCII", 128), ("Word", 134_562), ("XPosixPunct", 807), ("Punct", 798), ("Zzzz", 968_140), ("", nil),
        ("Latin\n", nil), ("Latin 0", nil), ("^L", nil), ("é", nil), (String(repeating: "a", count: 100), nil),
        (" l - u_ ", 1_791),
    ])
    func knowsNames(name: String, count: Int?) {
        #expect(codePoints(name)?.count == count)
    }

    @Test func namesOfTheSameAreEqual() {
        #expect(UnicodeProperty(named: "Latn".utf8) == UnicodeProperty(named: "latin".utf8))
        #expect(UnicodeProperty(named: "ASCII".utf8) != UnicodeProperty(named: "InBasicLatin".utf8))
    }

    /// All code points but for the inner parts of large areas that hold nothing, or are for private use.
    private static let areas: [ClosedRange<UInt32>] = [
        0...0xD7FF, 0xE000...0x32FFF, 0xDFF00...0xE0FFF, 0xEFF00...0xF00FF, 0xFFF00...0x1000FF, 0x10FF00...0x10FFFF,
    ]

    private static let areaScript = """
        texts = gets.split.map { |area| Range.new(*area.split("-").map(&:to_i)).to_a.pack("U*") }
        $stdin.each_line(chomp: true) do |name|
          ranges = texts.flat_map do |text|
            text.scan(/\\p{#{name}}+/).map { |run| "#{run.ord}-#{run.ord + run.length - 1}" }
          end
          puts ranges.join(" ")
        end
        """

    @Test(.enabled(if: RubyProcess.isInstalled, RubyProcess.absence)) func agreesWithRuby() throws {
        var distinct: [(name: String, property: UnicodeProperty)] = []
        var seen: Set<UnicodeProperty> = []
        for line in PropertyTable.names.description.split(separator: "\n") {
            let name = String(line.prefix { $0 != " " })
            let property = try #require(UnicodeProperty(named: name.utf8))
            if seen.insert(property).inserted { distinct.append((name, property)) }
        }
        #expect(distinct.count == 595)

        let areas = Self.areas.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
        let answers = try RubyProcess.run(Self.areaScript, input: [areas] + distinct.map(\.name))
        #expect(answers.count == distinct.count + 1)
        for ((name, property), answer) in zip(distinct, answers) {
            let ranges = Self.areas.flatMap { area in
                property.codePoints.intersection(CodePointSet(ranges: [area])).ranges
            }
            let ours = ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
            #expect(ours == answer, "\(name)")
        }
    }
}
