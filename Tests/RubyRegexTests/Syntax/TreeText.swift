@testable import RubyRegex

extension SyntaxTree {
    /// The tree in one line, for tests: `(seq "ab" (rep 0… [61]))`.
    var text: String { text(of: root) }

    private func text(of index: Index) -> String {
        func all(_ run: Children) -> String {
            children[Int(run.first)..<Int(run.first + run.count)].map { text(of: $0) }.joined(separator: " ")
        }
        func numbers(_ run: Children) -> String {
            children[Int(run.first)..<Int(run.first + run.count)].map(String.init).joined(separator: ",")
        }
        switch nodes[Int(index)] {
        case .empty: return "()"
        case .never: return "never"
        case .text(let run):
            let letters = scalars[Int(run.first)..<Int(run.first + run.count)].compactMap(Unicode.Scalar.init)
            return "\"\(String(String.UnicodeScalarView(letters)))\""
        case .set(let set):
            return "["
                + sets[Int(set)].ranges.map { range in
                    let (first, last) = (String(range.lowerBound, radix: 16), String(range.upperBound, radix: 16))
                    return first == last ? first : "\(first)-\(last)"
                }.joined(separator: " ") + "]"
        case .assertion(let assertion): return "\(assertion)"
        case .sequence(let run): return "(seq \(all(run)))"
        case .alternation(let run): return "(any \(all(run)))"
        case .repetition(let body, let minimum, let maximum, let greed):
            let bound = maximum == Self.unbounded ? "" : String(maximum)
            return "(\(greed) \(minimum)…\(bound) \(text(of: body)))"
        case .counted(let body, let minimum, let maximum, let isLazy):
            let bound = maximum == Self.unbounded ? "" : String(maximum)
            return "(counted\(isLazy ? " lazy" : "") \(minimum)…\(bound) \(text(of: body)))"
        case .capture(let number, let body): return "(group \(number) \(text(of: body)))"
        case .lookAhead(let body, let isNegative): return "(\(isNegative ? "not" : "is") ahead \(text(of: body)))"
        case .lookBehind(let body, let length, let isNegative):
            return "(\(isNegative ? "not" : "is") behind \(length) \(text(of: body)))"
        case .atomic(let body): return "(atomic \(text(of: body)))"
        case .backReference(let groups, let ignoresCase, let level):
            return "(same \(numbers(groups))\(ignoresCase ? " i" : "")\(level.map { " level \($0)" } ?? ""))"
        case .call(let number): return "(call \(number))"
        case .conditional(let groups, let yes, let no):
            return "(if \(numbers(groups)) \(text(of: yes)) \(text(of: no)))"
        case .absence(let body): return "(absence \(text(of: body)))"
        case .graphemeCluster: return "cluster"
        }
    }
}
