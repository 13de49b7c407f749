/// How far the scan of a text has come.
struct Scan {
    let text: UnsafePointer<UInt8>
    /// Where the next code point begins.
    var place = 0
    /// The end, or where a line break stands that ends the text.
    private(set) var end: Int
    /// What may still be done, in parts of a step: one takes a byte whose way is known.
    var ticks: Int

    private var endsWithLineBreak: Bool
    private var chargedSteps: Int
    private var clearings: Int
    /// How many states were made since memory was cleared, or the text began, and where that was.
    private var stateCount = 0
    private var placeOfClearing = 0

    @inline(__always)
    init(
        _ text: UnsafeBufferPointer<UInt8>, steps: Int, stepper: borrowing ThreadStepper, memory: borrowing StateMemory
    ) {
        self.text = text.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
        endsWithLineBreak = text.count > 0 && text[text.count &- 1] == 0x0A
        end = text.count &- (endsWithLineBreak ? 1 : 0)
        ticks = max(0, min(steps, Int.max >> 4)) * Self.ticksPerStep
        chargedSteps = stepper.steps
        clearings = memory.clearings
    }

    /// The column to follow at `end`: the last line break first, then the end itself.
    @inline(__always)
    mutating func endColumn() -> UInt32 {
        if !endsWithLineBreak { return Alphabet.textEnd }
        endsWithLineBreak = false
        end += 1
        place = end
        return Alphabet.lastLineBreak
    }

    /// Passes over everything before the next line break.
    mutating func passToLineBreak() {
        let from = place
        // Eight bytes at a time: a byte that becomes zero borrows from its highest bit.
        let (lineBreaks, ones, highest) = (
            0x0A0A_0A0A_0A0A_0A0A as UInt64, 0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64
        )
        while place &+ 8 <= end {
            let bytes = UnsafeRawPointer(text + place).loadUnaligned(as: UInt64.self) ^ lineBreaks
            if (bytes &- ones) & ~bytes & highest != 0 { break }
            place &+= 8
        }
        while place < end, text[place] != 0x0A { place &+= 1 }
        ticks &-= (place &- from) >> 3
    }

    /// Takes off what the stepper has done.
    mutating func charge(_ stepper: borrowing ThreadStepper) {
        ticks -= (stepper.steps - chargedSteps) * Self.ticksPerStep
        chargedSteps = stepper.steps
    }

    /// Takes off what a new state costs besides.
    mutating func chargeState(_ stepper: borrowing ThreadStepper) {
        charge(stepper)
        ticks -= Self.stepsOfState * Self.ticksPerStep
        stateCount += 1
    }

    static let ticksPerStep = 8
    private static let stepsOfState = 16

    /// Steps that are left; none is begun when they are spent.
    var steps: Int { max(0, ticks / Self.ticksPerStep) }

    /// Whether memory was filled by states that were hardly used: then simulation is cheaper.
    mutating func isThrashing(_ memory: borrowing StateMemory) -> Bool {
        if memory.clearings == clearings { return false }
        let isThrashing = place - placeOfClearing < 4 * stateCount
        clearings = memory.clearings
        stateCount = 0
        placeOfClearing = place
        return isThrashing
    }
}
