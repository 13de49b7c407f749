@testable import RubyRegex

/// Asks Ruby which of many short texts a pattern matches under `i`, and says what ours would.
struct FoldOracle: Sendable {
    static let shared = Result { try FoldOracle() }

    /// All code points that have to do with case, and all texts that have the same full fold as one of them.
    let candidates: [[UInt32]]
    /// Where each candidate stands.
    private let places: [[UInt32]: Int]
    /// Candidates of one code point, as a set.
    let single: CodePointSet

    private static let candidateScript = """
        all = [*0..0xD7FF, *0xE000..0x10FFFF].map { |code| [code].pack("U") }
        cased = all.reject { |char| [char.downcase(:fold), char.downcase, char.upcase, char.swapcase] == [char] * 4 }
        cased |= ["1", "_", "-", " ", "\\n", "é", "²", "ª", "º", "Ω", "ʼ", "\\u0307", "\\u0301", "\\u3042"]
        same = cased.group_by { |char| char.downcase(:fold) }
        several = same.keys.select { |fold| fold.size > 1 }
        spelled = several.flat_map do |fold|
          singles = fold.chars.map { |char| [char, *same[char]].uniq }
          cuts = [singles]
          cuts += [[same[fold[0, 2]] || [], singles[2]], [singles[0], same[fold[1, 2]] || []]] if fold.size == 3
          cuts.flat_map { |parts| parts.inject { |left, right| left.product(right).map(&:join) } }
        end
        """

    init() throws {
        let lines = try RubyProcess.run(
            Self.candidateScript + "\nputs (cased | spelled).map { |text| text.codepoints.join(\" \") }", input: [])
        candidates = lines.dropLast().map { line in line.split(separator: " ").compactMap { UInt32($0) } }
        places = Dictionary(uniqueKeysWithValues: zip(candidates, candidates.indices))
        single = CodePointSet(unordered: candidates.filter { $0.count == 1 }.map { $0[0]...$0[0] })
    }

    /// For each pattern the places of the candidates that it matches from beginning to end. Where these are most, the
    /// others instead, behind a `!`.
    func ask(_ patterns: [String]) throws -> [String] {
        let script = """
            candidates = gets.split(",").map { |codes| codes.split.map(&:to_i).pack("U*") }
            places = candidates.each_with_index.to_h
            text = candidates.map { |candidate| "\\u0002#{candidate}\\u0003" }.join
            $stdin.each_line(chomp: true) do |pattern|
              found = text.scan(/\\u0002(#{pattern})\\u0003/i).map { |match| places[match[0]] }
              others = found.size > candidates.size / 2
              puts (others ? "!" : "") + ((others ? places.values - found : found.sort).join(" "))
            end
            """
        let texts = candidates.map { $0.map(String.init).joined(separator: " ") }.joined(separator: ",")
        return try RubyProcess.run(script, input: [texts] + patterns).dropLast()
    }

    /// What ours says, as `ask(_:)` does.
    func answer(_ codePoints: CodePointSet, _ others: FoldedPattern) -> String {
        var found = codePoints.intersection(single).ranges.flatMap { $0 }.compactMap { places[[$0]] }
        found += others.texts.compactMap { places[$0] }
        let isMost = Set(found).count > candidates.count / 2
        let shown = isMost ? Set(candidates.indices).subtracting(found) : Set(found)
        return (isMost ? "!" : "") + shown.sorted().map(String.init).joined(separator: " ")
    }

    /// A text as a pattern has it. Ruby does not join escaped letters of ASCII with their neighbours, so they stand
    /// bare.
    static func escaped(_ text: [UInt32]) -> String {
        text.map { code in
            let isBare = (0x30...0x39).contains(code) || (0x41...0x5A).contains(code) || (0x61...0x7A).contains(code)
            return isBare ? String(Character(UnicodeScalar(UInt8(code)))) : "\\u{" + String(code, radix: 16) + "}"
        }.joined()
    }
}

extension FoldedPattern {
    /// All texts that it matches.
    var texts: [[UInt32]] {
        switch self {
        case .set(let codePoints): codePoints.ranges.flatMap { $0 }.map { [$0] }
        case .alternation(let alternatives): alternatives.flatMap(\.texts)
        case .sequence(let parts):
            parts.reduce([[]]) { texts, part in
                let endings = part.texts
                return texts.flatMap { text in endings.map { text + $0 } }
            }
        }
    }

    /// Where a match that begins at `start` may end.
    func ends(in text: [UInt32], from start: Int) -> Set<Int> {
        switch self {
        case .set(let codePoints): start < text.count && codePoints.contains(text[start]) ? [start + 1] : []
        case .alternation(let alternatives): Set(alternatives.flatMap { $0.ends(in: text, from: start) })
        case .sequence(let parts):
            parts.reduce([start]) { starts, part in Set(starts.flatMap { part.ends(in: text, from: $0) }) }
        }
    }
}
