/// Classes of code points that no pattern of a set tells apart.
///
/// A class is a column in the rows of states. Two columns are no code points: the end of the text, and a line break
/// that is the text's last code point.
struct Alphabet {
    static let textEnd: UInt32 = 0
    static let lastLineBreak: UInt32 = 1

    /// The class of each ASCII code point.
    let ascii: [UInt8]
    /// Where runs of code points of one class begin, from U+0080 on, and their classes.
    let runStarts: [UInt32]
    let runClasses: [UInt32]
    /// A code point of each class.
    let representatives: [UInt32]
    /// What a class says to assertions.
    let surroundings: [Surroundings]

    fileprivate init(_ builder: AlphabetBuilder, asked: Surroundings) {
        var classes: [UInt64: UInt32] = [:]
        var representatives: [UInt32] = [UInt32.max, 0x0A]
        var surroundings: [Surroundings] = [.textEnd, [.lineBreak, .last]]
        func classOf(_ signature: UInt64, _ codePoint: UInt32) -> UInt32 {
            if let known = classes[signature] { return known }
            let new = UInt32(representatives.count)
            classes[signature] = new
            representatives.append(codePoint)
            surroundings.append(Self.surroundings(of: codePoint, asked: asked))
            return new
        }
        ascii = (0..<0x80).map { UInt8(classOf(builder.asciiSignatures[$0], UInt32($0))) }

        var starts: [UInt32] = []
        var runClasses: [UInt32] = []
        var signature: UInt64 = 0
        var position: UInt32 = 0x80
        var place = 0
        let changes = builder.changes.sorted { $0.codePoint < $1.codePoint }
        while position <= CodePointSet.highest {
            while place < changes.count, changes[place].codePoint == position {
                signature &+= changes[place].difference
                place += 1
            }
            let runClass = classOf(signature, position)
            if runClasses.last != runClass {
                starts.append(position)
                runClasses.append(runClass)
            }
            position = place < changes.count ? changes[place].codePoint : UInt32.max
        }
        runStarts = starts
        self.runClasses = runClasses
        self.representatives = representatives
        self.surroundings = surroundings
    }

    private static func surroundings(of codePoint: UInt32, asked: Surroundings) -> Surroundings {
        var surroundings: Surroundings = []
        if codePoint == 0x0A { surroundings.insert(.lineBreak) }
        if asked.contains(.word), WordCharacter.isWord(codePoint) { surroundings.insert(.word) }
        if asked.contains(.asciiWord), WordCharacter.isASCIIWord(codePoint) { surroundings.insert(.asciiWord) }
        return surroundings
    }
}

/// Collects what tells code points apart.
///
/// Each set has a random number; the signature of a code point is the sum of those of the sets that it is in. Code
/// points of equal signatures are in the same sets, for nobody can choose sets whose random numbers have equal sums.
struct AlphabetBuilder {
    fileprivate struct Change {
        var codePoint: UInt32
        var difference: UInt64
    }

    fileprivate var asciiSignatures = [UInt64](repeating: 0, count: 0x80)
    fileprivate var changes: [Change] = []
    private var asciiScalars = ByteSet()
    private var otherScalars: [UInt32] = []
    private var numbers = RandomNumbers()

    /// A code point that is a class of its own.
    @inline(__always)
    mutating func add(_ scalar: UInt32) {
        if scalar >= 0x80 {
            otherScalars.append(scalar)
        } else if !asciiScalars.contains(UInt8(scalar)) {
            asciiScalars.insert(UInt8(scalar))
            asciiSignatures[Int(scalar)] &+= numbers.next()
        }
    }

    mutating func add(_ set: CodePointSet) {
        let number = numbers.next()
        for range in set.ranges {
            if range.lowerBound < 0x80 {
                for codePoint in range.lowerBound...min(range.upperBound, 0x7F) {
                    asciiSignatures[Int(codePoint)] &+= number
                }
            }
            if range.upperBound >= 0x80 { change(max(range.lowerBound, 0x80), range.upperBound, number) }
        }
    }

    private mutating func change(_ lower: UInt32, _ upper: UInt32, _ number: UInt64) {
        changes.append(Change(codePoint: lower, difference: number))
        if upper < CodePointSet.highest { changes.append(Change(codePoint: upper + 1, difference: 0 &- number)) }
    }

    /// The alphabet that also tells what these assertions ask of code points.
    mutating func build(for assertions: AssertionSet) -> Alphabet {
        let asked = assertions.askedBefore
        if !assertions.isDisjoint(with: [.lineStart, .lineEnd, .textEndOrLastLineBreak]) {
            asciiSignatures[0x0A] &+= numbers.next()
        }
        if asked.contains(.word) { add(CharacterType.word.codePoints(isUnicode: true)) }
        if asked.contains(.asciiWord) { add(CharacterType.word.codePoints(isUnicode: false)) }
        otherScalars.sort()
        var previous = UInt32.max
        for scalar in otherScalars where scalar != previous {
            change(scalar, scalar, numbers.next())
            previous = scalar
        }
        return Alphabet(self, asked: asked)
    }
}

/// Numbers that nobody can foretell who does not know where they begin. The system's own take a call of the kernel
/// each.
private struct RandomNumbers {
    private var state = UInt64.random(in: 0...UInt64.max)

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var number = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number >> 31
    }
}
