/// Reads a pattern as Ruby 3.1 does, with what is refused and what is merely odd.
///
/// Groups that are still open stand in ``frames``, so that no pattern is nested too deeply for a stack.
struct PatternParser {
    /// Groups, brackets and quantifiers may be nested this deeply.
    static let deepest = 4096
    /// Above it, Ruby refuses too.
    static let mostGroups = 32_767
    /// How many letters under `i` a pattern may have in Unicode.
    static let mostFoldedLetters = 4096

    let mode: TextMode
    let source: [Unicode.Scalar]
    var position = 0
    var options = PatternOptions()
    var parsed = ParsedPattern()
    var classes = ClassCache()

    /// The parts of the branch that is being read, and of the branches around it.
    private(set) var items: [Int32] = []
    /// The branches that are complete, of all open groups.
    private var branches: [Int32] = []
    var frames = [Frame(kind: .pattern)]
    /// The code points at the end of ``ParsedPattern/scalars`` that are no node yet.
    private var run: Run?
    /// Whether a quantifier may follow, and how many stand behind the last item.
    private var hasTarget = false
    private var quantifierCount = 0
    private var foldedLetterCount = 0

    private struct Run {
        var first: Int
        /// Nothing joins it any more.
        var isClosed = false
    }

    /// A group that is open.
    struct Frame {
        enum Kind {
            case pattern, plain, atomic, absence
            case capture(Int32)
            case lookAhead(isNegative: Bool)
            case lookBehind(isNegative: Bool)
            case conditional(ParsedPattern.Reference)
            /// `(?i:…)`
            case options
            /// `(?i)…`, which ends with the group around it.
            case rest
        }
        var kind: Kind
        var outerOptions = PatternOptions()
        var firstItem = 0
        var firstBranch = 0
        /// The innermost group that captures, and whether a look-behind is around.
        var group: Int32 = 0
        var isBehind = false
    }

    init(_ text: PatternText, as mode: TextMode) {
        self.mode = mode
        source = text.scalars
    }

    /// The tree of a pattern.
    ///
    /// - Parameter mode: one of the pattern's ``PatternText/modes``.
    /// - Throws: ``PatternError``, if Ruby refuses the pattern, or it is too large to be judged.
    static func parse(_ pattern: [UInt8], as mode: TextMode) throws(PatternError) -> SyntaxTree {
        try parse(PatternText(pattern), as: mode)
    }

    static func parse(_ text: PatternText, as mode: TextMode) throws(PatternError) -> SyntaxTree {
        try TreeBuilder.build(read(text, as: mode), as: mode)
    }

    /// A pattern as it is written; some that Ruby refuses are still among them.
    static func read(_ text: PatternText, as mode: TextMode) throws(PatternError) -> ParsedPattern {
        var parser = PatternParser(text, as: mode)
        try parser.read()
        return parser.parsed
    }

    // MARK: The text of the pattern

    var peek: Unicode.Scalar? { position < source.count ? source[position] : nil }

    mutating func next() -> Unicode.Scalar? {
        guard position < source.count else { return nil }
        position += 1
        return source[position - 1]
    }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private mutating func read() throws(PatternError) {
        while let scalar = next() {
            try read(scalar)
            try checkSize()
        }
        try closeRests()
        guard frames.count == 1 else { throw .refused("end pattern with unmatched parenthesis") }
        _ = finishAlternation()
        try checkSize()
    }

    private func checkSize() throws(PatternError) {
        guard foldedLetterCount <= Self.mostFoldedLetters, parsed.nodes.count <= TreeBuilder.mostNodes,
            parsed.children.count <= 2 * TreeBuilder.mostNodes
        else { throw .tooLarge("the pattern is too large when unfolded") }
    }

    private mutating func read(_ scalar: Unicode.Scalar) throws(PatternError) {
        switch scalar {
        case "\\": try readEscape()
        case ".": add(.namedSet(try place(of: options.isMultiline ? .all : .noLineBreak), isDot: true))
        case "*": try quantify(minimum: 0, maximum: SyntaxTree.unbounded)
        case "+": try quantify(minimum: 1, maximum: SyntaxTree.unbounded)
        case "?": try quantify(minimum: 0, maximum: 1)
        case "{": if try !readInterval() { addLetter(scalar) }
        case "|": finishBranch()
        case "(": try openGroup()
        case ")": try closeGroup()
        case "^": add(.assertion(.lineStart))
        case "$": add(.assertion(.lineEnd))
        case "[": try addBrackets()
        case "#" where options.isExtended:
            while let skipped = next(), skipped != "\n" {}
        case " ", "\t", "\n", "\r", "\u{C}":
            if !options.isExtended { addLetter(scalar) }
        default: addLetter(scalar)
        }
    }

    // MARK: Items

    /// A code point that stands for itself and joins its neighbours.
    mutating func addLetter(_ scalar: Unicode.Scalar) {
        if run == nil || run?.isClosed == true {
            flush()
            run = Run(first: parsed.scalars.count)
        }
        parsed.scalars.append(scalar.value)
        hasTarget = true
        quantifierCount = 0
    }

    /// A code point that was written as `\xHH`: it begins no run, and ends one.
    mutating func addByte(_ scalar: Unicode.Scalar) {
        flush()
        run = Run(first: parsed.scalars.count, isClosed: true)
        parsed.scalars.append(scalar.value)
        hasTarget = true
        quantifierCount = 0
    }

    mutating func add(_ node: ParsedPattern.Node) {
        flush()
        add(parsed.add(node))
    }

    /// Adds a node that stands already.
    mutating func add(_ node: ParsedPattern.Index) {
        items.append(node)
        hasTarget = true
        quantifierCount = 0
    }

    /// Ends the run of letters.
    mutating func flush() {
        guard let run else { return }
        self.run = nil
        let text = ParsedPattern.Children(
            first: Int32(run.first), count: Int32(parsed.scalars.count - run.first))
        if options.ignoresCase, mode == .unicode { foldedLetterCount += Int(text.count) }
        items.append(parsed.add(.text(text, folding)))
    }

    private var folding: ParsedPattern.Folding {
        guard options.ignoresCase else { return .exact }
        return isBehind ? .foldedBehind : .folded
    }

    var classFolding: ParsedPattern.Folding { isBehind ? .classFoldBehind : .classFold }
    private var isBehind: Bool { frames[frames.count - 1].isBehind }
    var innermostGroup: Int32 { frames[frames.count - 1].group }

    // MARK: Quantifiers

    private mutating func quantify(minimum: Int32, maximum: Int32) throws(PatternError) {
        if skip("?") {
            try quantify(minimum: minimum, maximum: maximum, isLazy: true)
        } else if skip("+") {
            try quantify(minimum: minimum, maximum: maximum, isPossessive: true)
        } else {
            try quantify(minimum: minimum, maximum: maximum, isLazy: false)
        }
    }

    /// - Parameter isPossessive: `a*+` is `(?>a*)`.
    mutating func quantify(
        minimum: Int32, maximum: Int32, isLazy: Bool = false, isPossessive: Bool = false
    ) throws(PatternError) {
        guard hasTarget else { throw .refused("target of repeat operator is not specified") }
        quantifierCount += 1
        guard frames.count + quantifierCount <= Self.deepest else { throw .refused("parse depth limit over") }
        if minimum == 1, maximum == 1 {
            run?.isClosed = true
            return
        }
        let count = quantifierCount
        detachLastLetter()
        let target = items.removeLast()
        switch parsed.nodes[Int(target)] {
        case .text, .set, .namedSet: break
        default: parsed.repeatsGroup = true
        }
        var item = parsed.addRepetition(of: target, minimum: minimum, maximum: maximum, isLazy: isLazy)
        if isPossessive { item = parsed.add(.atomic(item)) }
        items.append(item)
        quantifierCount = count
    }

    /// Of a run only the last letter is repeated.
    private mutating func detachLastLetter() {
        guard let run else { return }
        guard parsed.scalars.count - run.first > 1 else { return flush() }
        let last = parsed.scalars.removeLast()
        flush()
        self.run = Run(first: parsed.scalars.count)
        parsed.scalars.append(last)
        flush()
    }

    // MARK: Groups

    mutating func open(_ kind: Frame.Kind, options inner: PatternOptions) throws(PatternError) {
        flush()
        var frame = Frame(
            kind: kind, outerOptions: options, firstItem: items.count, firstBranch: branches.count,
            group: innermostGroup, isBehind: isBehind)
        switch kind {
        case .capture(let number): frame.group = number
        case .lookBehind: frame.isBehind = true
        default: break
        }
        frames.append(frame)
        guard frames.count <= Self.deepest else { throw .refused("parse depth limit over") }
        options = inner
        hasTarget = false
    }

    private mutating func closeGroup() throws(PatternError) {
        try closeRests()
        guard frames.count > 1 else { throw .refused("unmatched close parenthesis") }
        try closeFrame()
        hasTarget = true
        quantifierCount = 0
    }

    /// `(?i)` holds up to the end of the group around it.
    private mutating func closeRests() throws(PatternError) {
        while case .rest = frames[frames.count - 1].kind { try closeFrame() }
    }

    private mutating func closeFrame() throws(PatternError) {
        let body = finishAlternation()
        let frame = frames.removeLast()
        options = frame.outerOptions
        switch frame.kind {
        case .pattern, .plain: items.append(body)
        case .options, .rest: items.append(parsed.add(.options(body)))
        case .atomic: items.append(parsed.add(.atomic(body)))
        case .absence: items.append(parsed.add(.absence(body)))
        case .lookAhead(let isNegative): items.append(parsed.add(.lookAhead(body, isNegative: isNegative)))
        case .lookBehind(let isNegative):
            parsed.hasLookBehind = true
            items.append(parsed.add(.lookBehind(body, isNegative: isNegative)))
        case .capture(let number):
            let node = parsed.add(.capture(number: number, body))
            parsed.groups[Int(number)].node = node
            items.append(node)
        case .conditional(let reference):
            parsed.hasReference = true
            items.append(parsed.add(.conditional(reference, body)))
        }
    }

    private mutating func finishBranch() {
        flush()
        let first = frames[frames.count - 1].firstItem
        let branch =
            switch items.count - first {
            case 0: parsed.add(.empty)
            case 1: items[first]
            default: parsed.add(.sequence(parsed.list(items[first...])))
            }
        items.removeLast(items.count - first)
        branches.append(branch)
        hasTarget = false
    }

    private mutating func finishAlternation() -> ParsedPattern.Index {
        finishBranch()
        let first = frames[frames.count - 1].firstBranch
        let alternation =
            branches.count - first == 1
            ? branches[first] : parsed.add(.alternation(parsed.list(branches[first...])))
        branches.removeLast(branches.count - first)
        return alternation
    }
}
