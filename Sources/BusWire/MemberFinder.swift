/// One pass over an element in Ruby's own spelling, which writes down where the event's members are.
///
/// A value of its own, so that what changes per byte lives in registers and not behind a class's exclusivity checks.
struct MemberFinder {
    /// How an element that Ruby wrote begins, up to the inner object's brace.
    static let opening: StaticString = #"{"class":"QueueBus::Worker","args":["{"#
    /// How it ends, from the inner object's brace on.
    static let closing: StaticString = #"}"]}"#

    /// Repetitions are looked for among this many members at most; events with more are parsed.
    static let memberLimit = 64

    private let text: EscapedJSON
    private let members: UnsafeMutablePointer<EventMember>
    private let capacity: Int

    private(set) var count = 0
    private(set) var known: KnownMembers = []
    private(set) var proxyIndex = -1
    /// A bit for the low six bits of each hash so far: most members need no look at the others.
    private var seenHashes: UInt64 = 0

    /// Nil for an element that does not begin and end as Ruby writes it.
    /// - Parameters:
    ///   - members: room for `capacity` members.
    ///   - isCanonical: the text was rewritten; members are known to fit and not to repeat.
    @inline(__always)
    init?(
        _ element: UnsafeRawBufferPointer, members: UnsafeMutablePointer<EventMember>, capacity: Int, isCanonical: Bool
    ) {
        guard element.count >= Self.opening.utf8CodeUnitCount + Self.closing.utf8CodeUnitCount,
            let start = element.baseAddress,
            KnownMembers.isEqual(start, Self.opening),
            start.loadUnaligned(fromByteOffset: element.count &- 4, as: UInt32.self)
                == UnsafeRawPointer(Self.closing.utf8Start).loadUnaligned(as: UInt32.self)
        else { return nil }
        text = EscapedJSON(
            base: start.assumingMemoryBound(to: UInt8.self), count: element.count, isCanonical: isCanonical)
        self.members = members
        self.capacity = capacity
    }

    /// Finds the members. False leaves the element to the parser.
    @inline(__always)
    mutating func find() -> Bool {
        let base = text.base
        let end = text.count &- Self.closing.utf8CodeUnitCount
        var index = Self.opening.utf8CodeUnitCount
        if base[index] == .closeBrace { return index == end }
        while true {
            guard base[index] == .backslash, base[index &+ 1] == .quote else { return false }
            let keyStart = index &+ 2
            var keyHasEscapes = false
            let keyEnd = text.endOfString(from: keyStart, hasEscapes: &keyHasEscapes)
            guard keyEnd >= 0, base[keyEnd &+ 2] == .colon else { return false }

            var valueStart = keyEnd &+ 3
            var valueHasEscapes = false
            var kind = EventMember.Kind.integer
            let valueEnd: Int
            switch base[valueStart] {
            case .backslash:
                guard base[valueStart &+ 1] == .quote else { return false }
                kind = .string
                valueStart &+= 2
                valueEnd = text.endOfString(from: valueStart, hasEscapes: &valueHasEscapes)
            case .openBrace, .openBracket:
                kind = base[valueStart] == .openBrace ? .object : .array
                valueEnd = text.endOfContainer(from: valueStart, hasEscapes: &valueHasEscapes)
            case UInt8(ascii: "n"):
                kind = .null
                valueEnd = text.endOfWord("null", from: valueStart)
            case UInt8(ascii: "t"):
                kind = .true
                valueEnd = text.endOfWord("true", from: valueStart)
            case UInt8(ascii: "f"):
                kind = .false
                valueEnd = text.endOfWord("false", from: valueStart)
            default:
                var isFloat = false
                valueEnd = text.endOfNumber(from: valueStart, isFloat: &isFloat)
                if isFloat { kind = .float }
            }
            guard valueEnd >= 0 else { return false }

            let (hash, name) = keyHasEscapes ? identifyEscaped(keyStart, keyEnd) : identify(keyStart, keyEnd)
            guard admit(hash: hash, name: name) else { return false }
            (members + count).initialize(
                to: EventMember(
                    keyStart: UInt32(truncatingIfNeeded: keyStart), keyEnd: UInt32(truncatingIfNeeded: keyEnd),
                    valueStart: UInt32(truncatingIfNeeded: valueStart), valueEnd: UInt32(truncatingIfNeeded: valueEnd),
                    keyHash: hash, kind: kind, keyIsVerbatim: !keyHasEscapes, valueIsVerbatim: !valueHasEscapes))
            count &+= 1

            index = kind == .string ? valueEnd &+ 2 : valueEnd
            guard base[index] == .comma else { return index == end }
            index &+= 1
        }
    }

    @inline(__always)
    private func identify(_ start: Int, _ end: Int) -> (hash: UInt32, name: KnownMembers) {
        let key = UnsafeRawPointer(text.base + start)
        return (KeyHash.hash(key, count: end &- start), KnownMembers.named(key, count: end &- start))
    }

    @inline(never)
    private func identifyEscaped(_ start: Int, _ end: Int) -> (hash: UInt32, name: KnownMembers) {
        var key: [UInt8] = []
        DoublyEscaped.decode(UnsafeRawBufferPointer(start: text.base + start, count: end - start), into: &key)
        return key.withUnsafeBytes { key in
            (KeyHash.hash(key), key.baseAddress.map { KnownMembers.named($0, count: key.count) } ?? [])
        }
    }

    /// Notes a member's name. False when it may be a repetition, or when there are too many to tell.
    @inline(__always)
    private mutating func admit(hash: UInt32, name: KnownMembers) -> Bool {
        guard count < capacity else { return false }
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: hash)
        if seenHashes & bit != 0, !text.isCanonical {
            // Equal hashes count as a repetition; the parser then finds out.
            for index in 0..<count where members[index].keyHash == hash { return false }
        }
        seenHashes |= bit
        if !name.isEmpty {
            known.formUnion(name)
            if name == .classProxy { proxyIndex = count }
        }
        return true
    }
}
