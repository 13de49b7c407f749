extension AutomatonProgram {
    /// Whether the automaton matches the empty text. Linear in its size.
    var matchesEmptyText: Bool {
        let holding = AssertionSet.holding(before: .textStart, behind: .textEnd)
        var isVisited = Array(repeating: false, count: instructions.count)
        var unvisited = [start]
        while let place = unvisited.popLast() {
            if isVisited[Int(place)] { continue }
            isVisited[Int(place)] = true
            let instruction = instructions[Int(place)]
            switch instruction.operation {
            case .match: return true
            case .split: unvisited += [instruction.operand, instruction.target]
            case .assertion where !holding.isDisjoint(with: AssertionSet(instruction)):
                unvisited.append(instruction.target)
            case .assertion, .scalar, .set, .any, .fail: break
            }
        }
        return false
    }
}
