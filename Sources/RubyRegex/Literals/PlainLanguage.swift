/// What a pattern looks for, when it is nothing but a few texts at stated places.
///
/// The rewrites are equalities, not approximations: `^` and `$` are line anchors, `.*` cannot cross a line break and
/// therefore cancels the line anchor next to it, and alternation only distributes.
package enum PlainLanguage: Hashable, Sendable {
    /// Any text, also the empty one: `.*`.
    case anything
    /// One of these texts, at the places their boundaries allow.
    case fragments([Fragment])

    /// Beyond these an automaton does better.
    private static let mostAlternatives = 64
    private static let mostItems = 4096
    private static let mostNodes = 1024

    private enum Item: Equatable {
        case byte(UInt8)
        case lineStart, lineEnd, textStart, textEnd
        /// `.*`
        case anyRun
    }

    /// What a node matches.
    private enum Value {
        case alternatives([[Item]])
        /// `.`, of which only `.*` is of use.
        case dot
    }

    /// Nil for a tree with anything else in it.
    init?(_ tree: SyntaxTree) {
        // Most patterns hold something that is not plain, and then nothing has to be read.
        guard tree.nodes.count <= Self.mostNodes, tree.nodes.allSatisfy({ Self.mayBePlain($0, in: tree) }) else {
            return nil
        }
        var values: [Value] = []
        values.reserveCapacity(tree.nodes.count)
        for node in tree.nodes {
            guard let value = Self.value(of: node, in: tree, values) else { return nil }
            if case .alternatives(let alternatives) = value {
                let isSmall =
                    alternatives.count <= Self.mostAlternatives
                    && alternatives.reduce(0) { $0 + $1.count } <= Self.mostItems
                guard isSmall else { return nil }
            }
            values.append(value)
        }
        guard case .alternatives(let alternatives)? = values.last else { return nil }
        var fragments: [Fragment] = []
        for alternative in alternatives {
            switch Self.place(alternative) {
            case .anything:
                self = .anything
                return
            case .fragments(let placed): fragments += placed.filter { !fragments.contains($0) }
            case nil: return nil
            }
        }
        self = .fragments(fragments)
    }

    // MARK: Reading

    private static func mayBePlain(_ node: SyntaxTree.Node, in tree: SyntaxTree) -> Bool {
        switch node {
        case .empty, .text, .sequence, .alternation: true
        case .set(let number): tree.sets[Int(number)].count <= mostAlternatives || tree.sets[Int(number)] == lineText
        case .assertion(let assertion): item(assertion) != nil
        case .repetition(let body, minimum: 0, let maximum, _):
            if case .set = tree.nodes[Int(body)] {
                maximum == 1 || maximum == SyntaxTree.unbounded
            } else {
                maximum == 1
            }
        default: false
        }
    }

    private static func value(of node: SyntaxTree.Node, in tree: SyntaxTree, _ values: [Value]) -> Value? {
        switch node {
        case .empty: return .alternatives([[]])
        case .text(let run):
            var items: [Item] = []
            for scalar in tree.scalars[Int(run.first)..<Int(run.first) + Int(run.count)] {
                guard let bytes = bytes(of: scalar) else { return nil }
                items += bytes
            }
            return .alternatives([items])
        case .set(let number):
            let set = tree.sets[Int(number)]
            if set == lineText { return .dot }
            guard set.count <= mostAlternatives else { return nil }
            let members = set.ranges.flatMap { $0.map(bytes(of:)) }
            return members.contains(nil) ? nil : .alternatives(members.compactMap { $0 })
        case .assertion(let assertion): return item(assertion).map { .alternatives([[$0]]) }
        case .sequence(let run):
            var product: [[Item]] = [[]]
            for child in tree.children(run) {
                guard case .alternatives(let next) = values[Int(child)] else { return nil }
                guard product.count * next.count <= mostAlternatives else { return nil }
                product = product.flatMap { head in next.map { head + $0 } }
            }
            return .alternatives(product)
        case .alternation(let run):
            var all: [[Item]] = []
            for child in tree.children(run) {
                guard case .alternatives(let more) = values[Int(child)] else { return nil }
                all += more
                guard all.count <= mostAlternatives else { return nil }
            }
            return .alternatives(all)
        case .repetition(let body, minimum: 0, let maximum, let greed) where greed != .possessive:
            switch values[Int(body)] {
            case .dot: return maximum == SyntaxTree.unbounded ? .alternatives([[.anyRun]]) : nil
            case .alternatives(let alternatives): return maximum == 1 ? .alternatives([[]] + alternatives) : nil
            }
        default: return nil
        }
    }

    private static let lineText = CodePointSet(ranges: [0...9, 11...CodePointSet.highest])

    /// Nil for a surrogate, which no text holds.
    private static func bytes(of scalar: UInt32) -> [Item]? {
        Unicode.Scalar(scalar).flatMap { UTF8.encode($0) }?.map(Item.byte)
    }

    private static func item(_ assertion: SyntaxTree.Assertion) -> Item? {
        switch assertion {
        case .lineStart: .lineStart
        case .lineEnd: .lineEnd
        case .textStart: .textStart
        case .textEnd: .textEnd
        default: nil
        }
    }

    // MARK: Placing

    /// Reads `anchors .* bytes .* anchors`; any other order (an anchor between bytes, say) is not plain.
    private static func place(_ sequence: [Item]) -> PlainLanguage? {
        var items = sequence[...]
        var start = Fragment.Boundary.anywhere
        var end = Fragment.Boundary.anywhere
        while let item = items.first, item == .lineStart || item == .textStart {
            start = item == .textStart || start == .text ? .text : .line
            items.removeFirst()
        }
        while let item = items.last, item == .lineEnd || item == .textEnd {
            end = item == .textEnd || end == .text ? .text : .line
            items.removeLast()
        }
        let isFreeAtStart = items.first == .anyRun
        while items.first == .anyRun { items.removeFirst() }
        let isFreeAtEnd = items.last == .anyRun || (items.isEmpty && isFreeAtStart)
        while items.last == .anyRun { items.removeLast() }

        if items.isEmpty {
            // One line anchor alone holds somewhere in every text, and `.*` spans from one to the other. What is left,
            // `^$` and anything with \A or \z, asks for an empty line or text.
            let isLoose = start != .text && end != .text
            return isLoose && (isFreeAtEnd || start == .anywhere || end == .anywhere) ? .anything : nil
        }
        if (isFreeAtStart && start == .text) || (isFreeAtEnd && end == .text) { return nil }
        var bytes: [UInt8] = []
        for item in items {
            guard case .byte(let byte) = item else { return nil }
            bytes.append(byte)
        }
        return .fragments([
            Fragment(bytes, start: isFreeAtStart ? .anywhere : start, end: isFreeAtEnd ? .anywhere : end)
        ])
    }
}
