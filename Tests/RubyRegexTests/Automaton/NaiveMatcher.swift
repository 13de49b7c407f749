@testable import RubyRegex

/// Says what a regular tree matches, from the definition alone: each node leads from a place to a set of places.
final class NaiveMatcher {
    private let tree: SyntaxTree
    private let text: [UInt32]
    /// What is known already, by place and node.
    private var known: [[SyntaxTree.Index: Set<Int>]]

    init(tree: SyntaxTree, text: [UInt32]) {
        self.tree = tree
        self.text = text
        known = Array(repeating: [:], count: text.count + 1)
    }

    var matchesSomewhere: Bool { (0...text.count).contains { !ends(tree.root, $0).isEmpty } }

    private func ends(_ index: SyntaxTree.Index, _ place: Int) -> Set<Int> {
        if let ends = known[place][index] { return ends }
        let ends = findEnds(index, place)
        known[place][index] = ends
        return ends
    }

    private func findEnds(_ index: SyntaxTree.Index, _ place: Int) -> Set<Int> {
        switch tree.nodes[Int(index)] {
        case .empty: return [place]
        case .text(let run):
            let scalars = tree.scalars[Int(run.first)..<Int(run.first + run.count)]
            return text[place...].starts(with: scalars) ? [place + scalars.count] : []
        case .set(let set): return place < text.count && tree.sets[Int(set)].contains(text[place]) ? [place + 1] : []
        case .assertion(let assertion): return holds(assertion, place) ? [place] : []
        case .sequence(let run):
            return tree.children(run).reduce([place]) { places, child in ends(child, of: places) }
        case .alternation(let run):
            return tree.children(run).reduce([]) { $0.union(ends($1, place)) }
        case .repetition(let body, let minimum, let maximum, _):
            var level: Set = [place]
            var all: Set<Int> = minimum == 0 ? level : []
            var seen: Set<Set<Int>> = []
            var count: Int32 = 0
            while count < maximum {
                count += 1
                level = ends(body, of: level)
                if count >= minimum {
                    all.formUnion(level)
                    if !seen.insert(level).inserted { break }
                }
                if level.isEmpty { break }
            }
            return all
        case .capture(_, let body): return ends(body, place)
        default: return []
        }
    }

    private func ends(_ index: SyntaxTree.Index, of places: Set<Int>) -> Set<Int> {
        places.reduce(into: []) { $0.formUnion(ends(index, $1)) }
    }

    private func holds(_ assertion: SyntaxTree.Assertion, _ place: Int) -> Bool {
        let isEnd = place == text.count
        let isLineBreak = !isEnd && text[place] == 0x0A
        switch assertion {
        case .lineStart: return place == 0 || text[place - 1] == 0x0A && !isEnd
        case .lineEnd: return isEnd || isLineBreak
        case .textStart: return place == 0
        case .textEnd: return isEnd
        case .textEndOrLastLineBreak: return isEnd || isLineBreak && place == text.count - 1
        case .wordBoundary, .noWordBoundary:
            let isBoundary = isWord(place - 1, WordCharacter.isWord) != isWord(place, WordCharacter.isWord)
            return isBoundary == (assertion == .wordBoundary)
        case .asciiWordBoundary, .noASCIIWordBoundary:
            let isBoundary = isWord(place - 1, WordCharacter.isASCIIWord) != isWord(place, WordCharacter.isASCIIWord)
            return isBoundary == (assertion == .asciiWordBoundary)
        }
    }

    private func isWord(_ place: Int, _ judge: (UInt32) -> Bool) -> Bool {
        text.indices.contains(place) && judge(text[place])
    }
}
