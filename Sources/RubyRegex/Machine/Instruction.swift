/// One step of a ``MachineProgram``.
///
/// `first` and `second` are what the operation says: places of instructions, registers, or runs of bytes.
struct Instruction: Sendable {
    enum Operation: UInt8, Sendable {
        /// The pattern matches.
        case accept
        /// No match on this way.
        case fail
        /// The byte `first`.
        case byte
        /// `second` bytes from `first` on.
        case bytes
        /// A code point of the set `first`.
        case set
        /// An assertion, whose raw value is `first`.
        case assertion
        /// To `first`.
        case jump
        /// To `first`, and if that fails to `second`.
        case split
        /// A group begins, and ends: `first` is its number, `second` a ``CaptureTraits``.
        case captureStart, captureEnd
        /// The count in the register `first` becomes 0.
        case loopStart
        /// The body of the loop `first` has matched once more.
        case loopNext
        /// An iteration begins; the register `first` remembers where. `second` is 1 where captures count.
        case iterationStart
        /// An iteration that has consumed nothing ends its loop: to `second`.
        case iterationEnd
        /// So does one that has set captures, unless they may yet change.
        case capturingIterationEnd
        /// What follows is atomic, until `cutEnd` with the same register `first`; `second` is what follows that.
        case cutStart, cutEnd
        /// A look-ahead in the same way: its end goes back to where it began.
        case aheadStart, aheadEnd
        /// A negated body: where it fails, the machine goes on at `second`; where it matches, this way fails.
        case notStart, notEnd
        /// Back by `first` code points. `second` is what follows the body.
        case stepBack
        /// The text of a group again: one of `references`.
        case backReference
        /// On where a group of the reference `first` has matched; to `second` otherwise.
        case condition
        /// To the ``MachineProgram/Routine`` of the group `first`, and back.
        case call, callReturn
        /// An absence begins; tries its next place; and has found what must not be there. `first` is its first
        /// register.
        case absenceStart, absenceStep, absenceEnd
        case graphemeCluster
    }

    var operation: Operation
    /// Where the outcome can be remembered: the number of a ``MachineProgram/MemoryPoint``, or -1.
    var memory: Int32 = -1
    var first: Int32 = 0
    var second: Int32 = 0
}

/// How the bounds of a group are kept.
struct CaptureTraits: OptionSet, Sendable {
    let rawValue: Int32

    /// Going back to before the group forgets it. Ruby's engine does not where it believes that nobody could notice.
    static let isForgotten = CaptureTraits(rawValue: 1)
    /// Going back into the group forgets its end. Ruby's engine does so only where a back-reference has a level.
    static let forgetsEnd = CaptureTraits(rawValue: 2)
    /// The history of groups has this one.
    static let isLogged = CaptureTraits(rawValue: 4)
}
