/// Texts without which a pattern cannot match: of each requirement one has to occur.
///
/// Bytes are folded by ``fold(_:)``, so that letters of either case are one. That makes a requirement weaker, never
/// wrong.
struct RequiredTexts: Sendable {
    struct Text: BitwiseCopyable, Sendable {
        /// Where it ends among the bytes; it begins where the one before ends.
        var end: UInt16
        /// The last text of its requirement.
        var isLast: Bool
    }

    let bytes: [UInt8]
    let texts: [Text]

    @inline(__always)
    static func fold(_ byte: UInt8) -> UInt8 { byte | 0x20 }

    static let none = RequiredTexts(bytes: [], texts: [])

    private init(bytes: [UInt8], texts: [Text]) {
        self.bytes = bytes
        self.texts = texts
    }

    /// Looks at a bounded part of the tree.
    init(_ tree: SyntaxTree) {
        var reader = RequiredTextReader(tree)
        reader.read(tree.root)
        self.init(bytes: reader.bytes, texts: reader.texts)
    }
}

/// Walks through what every match of a tree goes through, from left to right, and one alternation deep.
private struct RequiredTextReader {
    private static let mostNodes = 256
    private static let mostBytes = 256
    private static let mostAlternatives = 16

    private(set) var bytes: [UInt8] = []
    private(set) var texts: [RequiredTexts.Text] = []
    private let tree: SyntaxTree
    private var nodesLeft = mostNodes
    private var isInAlternative = false
    /// The text that is being read; something else may follow it directly.
    private var text: [UInt8] = []
    /// The longest text of the alternative.
    private var longest: [UInt8] = []

    init(_ tree: SyntaxTree) { self.tree = tree }

    private enum Task {
        case visit(SyntaxTree.Index)
        case endText
    }

    mutating func read(_ root: SyntaxTree.Index) {
        var tasks: [Task] = [.visit(root)]
        while let task = tasks.popLast(), nodesLeft > 0, bytes.count < Self.mostBytes {
            guard case .visit(let node) = task else {
                endText()
                continue
            }
            nodesLeft -= 1
            switch tree.nodes[Int(node)] {
            case .empty, .assertion, .lookAhead, .lookBehind(_, _, isNegative: true): break
            // It may end elsewhere than it began.
            case .lookBehind: endText()
            case .text(let run): read(run)
            case .set(let set): read(tree.sets[Int(set)])
            case .sequence(let run):
                for child in tree.children(run).reversed() { tasks.append(.visit(child)) }
            case .capture(_, let body), .atomic(let body): tasks.append(.visit(body))
            case .repetition(let body, let minimum, _, _) where minimum > 0,
                .counted(let body, let minimum, _, _) where minimum > 0:
                tasks += [.endText, .visit(body)]
            case .alternation(let run):
                endText()
                if !isInAlternative { read(alternatives: tree.children(run)) }
            case .never, .repetition, .counted, .backReference, .call, .conditional, .absence, .graphemeCluster:
                endText()
            }
        }
        endText()
    }

    private mutating func read(_ run: SyntaxTree.Children) {
        for scalar in tree.scalars[Int(run.first)..<Int(run.first) + Int(run.count)] {
            if text.count >= Self.mostBytes { return endText() }
            if scalar < 0x80 {
                text.append(RequiredTexts.fold(UInt8(scalar)))
            } else if let encoded = Unicode.Scalar(scalar).flatMap({ UTF8.encode($0) }) {
                text += encoded.map(RequiredTexts.fold)
            } else {
                endText()
            }
        }
    }

    /// One letter in either case is as good as a text.
    private mutating func read(_ set: CodePointSet) {
        guard let first = set.ranges.first, let last = set.ranges.last, set.ranges.count <= 2,
            first.lowerBound == first.upperBound, last.lowerBound == last.upperBound, last.upperBound < 0x80,
            RequiredTexts.fold(UInt8(first.lowerBound)) == RequiredTexts.fold(UInt8(last.lowerBound))
        else { return endText() }
        text.append(RequiredTexts.fold(UInt8(first.lowerBound)))
    }

    private mutating func read(alternatives: ArraySlice<SyntaxTree.Index>) {
        guard alternatives.count <= Self.mostAlternatives else { return }
        let (byteCount, textCount) = (bytes.count, texts.count)
        isInAlternative = true
        for alternative in alternatives {
            longest.removeAll()
            read(alternative)
            if longest.isEmpty { break }
            add(longest, isLast: texts.count - textCount == alternatives.count - 1)
        }
        isInAlternative = false
        if longest.isEmpty {
            bytes.removeSubrange(byteCount...)
            texts.removeSubrange(textCount...)
        }
    }

    private mutating func endText() {
        if text.isEmpty { return }
        if !isInAlternative {
            add(text, isLast: true)
        } else if text.count > longest.count {
            longest = text
        }
        text.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ text: [UInt8], isLast: Bool) {
        bytes += text
        texts.append(RequiredTexts.Text(end: UInt16(bytes.count), isLast: isLast))
    }
}
