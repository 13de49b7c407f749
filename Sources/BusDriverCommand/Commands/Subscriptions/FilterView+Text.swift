import BusMatching
import BusOperations
import BusWire
import CommandInterface

extension FilterView {
    /// In words: a line with the verdict, the value seen and, of a regular expression, how it is judged; below it one
    /// for each remark.
    ///
    /// - Parameter indent: what each line begins with.
    func text(indent: String) -> String {
        let name = ShownText.cut(review.filter.name)
        var facts = [value.map { "\(name) is \(ShownText.cut($0.text))" } ?? "\(name) is missing"]
        if let clause = review.clause { facts.append("judged \(clause)") }
        if case .undecided(let reason) = verdict { facts.append("the regular expression \(reason)") }
        let line = "\(FilterNotation.shown(review.filter))  (\(facts.joined(separator: "; ")))"
        return "\(indent)\(verdict == .holds ? "+" : "-") \(TextTable.oneLine(line))\n"
            + review.remarks.map { "\(indent)  note: \(TextTable.oneLine($0.text))\n" }.joined()
    }
}
