import RedisTestSupport

@testable import RubyRegex

/// Makes regular trees, and texts that they may match.
struct RandomTree {
    static let scalars: [UInt32] = [0x61, 0x62, 0x5F, 0x20, 0x0A, 0xE9, 0xB2, 0x6F22, 0x1F600]
    private static let sets = [
        CodePointSet(ranges: [0x61...0x62]), CodePointSet(ranges: [0...9, 0xB...CodePointSet.highest]),
        CodePointSet(ranges: [0x20...0x20, 0xE9...0x7000]),
        CodePointSet(ranges: [0...0x60, 0x62...CodePointSet.highest]),
        CodePointSet.all, CodePointSet(),
    ]

    private(set) var tree = SyntaxTree()
    private var generator: Chance

    /// - Parameter depth: how deeply nodes are nested at most.
    init(depth: Int, using generator: inout Chance) {
        self.generator = Chance(seed: generator.next())
        tree.sets = Self.sets
        _ = add(depth: depth)
    }

    static func text(using generator: inout Chance) -> [UInt32] {
        (0..<Int.random(in: 0...9, using: &generator)).map { _ in scalars.randomElement(using: &generator)! }
    }

    private mutating func add(depth: Int) -> Int32 {
        let kind = Int.random(in: depth == 0 ? 0...5 : 0...13, using: &generator)
        let node: SyntaxTree.Node
        switch kind {
        case 0, 1:
            let first = Int32(tree.scalars.count)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                tree.scalars.append(Self.scalars.randomElement(using: &generator)!)
            }
            node = .text(SyntaxTree.Children(first: first, count: Int32(tree.scalars.count) - first))
        case 2, 3: node = .set(Int32.random(in: 0..<Int32(tree.sets.count), using: &generator))
        case 4: node = .assertion(SyntaxTree.Assertion(rawValue: UInt8.random(in: 0...8, using: &generator))!)
        case 5: node = Int.random(in: 0...9, using: &generator) == 0 ? .never : .empty
        case 6...8: node = .sequence(addChildren(depth: depth))
        case 9, 10: node = .alternation(addChildren(depth: depth))
        case 11, 12:
            let body = add(depth: depth - 1)
            let minimum = Int32.random(in: 0...3, using: &generator)
            let isUnbounded = Bool.random(using: &generator)
            let maximum = isUnbounded ? SyntaxTree.unbounded : minimum + Int32.random(in: 0...3, using: &generator)
            node = .repetition(
                body, minimum: minimum, maximum: maximum, Bool.random(using: &generator) ? .greedy : .lazy)
        default: node = .capture(number: 1, add(depth: depth - 1))
        }
        tree.nodes.append(node)
        return tree.root
    }

    private mutating func addChildren(depth: Int) -> SyntaxTree.Children {
        let children = (0..<Int.random(in: 0...4, using: &generator)).map { _ in add(depth: depth - 1) }
        tree.children.append(contentsOf: children)
        return SyntaxTree.Children(
            first: Int32(tree.children.count - children.count), count: Int32(children.count))
    }
}
