/// Where a member of an object stands in a text, and what becomes of it when the members with one key become one.
struct MemberSpan {
    // There may be a million of them.
    private let keyStart: UInt32
    private let keyEnd: UInt32
    private let valueStart: UInt32
    private var valueEnd: UInt32
    private var successor = unrepeated

    private static let unrepeated = UInt32.max
    private static let repetition = UInt32.max - 1

    init(key: Range<Int>, valueStart: Int) {
        keyStart = UInt32(key.lowerBound)
        keyEnd = UInt32(key.upperBound)
        self.valueStart = UInt32(valueStart)
        valueEnd = self.valueStart
    }

    var key: Range<Int> { Int(keyStart)..<Int(keyEnd) }
    fileprivate var keyCount: UInt32 { keyEnd &- keyStart }
    var value: Range<Int> { Int(valueStart)..<end }

    /// Behind the value, once that is known.
    var end: Int {
        get { Int(valueEnd) }
        set { valueEnd = UInt32(newValue) }
    }

    /// Whether a member before it has the same key.
    var isRepetition: Bool { successor == Self.repetition }

    /// The place of the last member with the same key, which gives the first one its value.
    var lastRepetition: Int? { successor < Self.repetition ? Int(successor) : nil }

    fileprivate mutating func becomeRepetition() { successor = Self.repetition }
    fileprivate mutating func take(valueOf place: Int) { successor = UInt32(place) }
}

/// Finds the members of one object that have the same key, in a time that their number bounds.
struct RepeatedMembers {
    private let members: UnsafeMutableBufferPointer<MemberSpan>
    private let text: UnsafeRawBufferPointer
    private let first: Int
    private(set) var isEmpty = true

    /// Up to this many members a look at each is cheaper than hashing.
    private static let linearLimit = 16
    /// Keys are looked for among this many others at most, on average: as many as the processor's first cache holds.
    private static let partSize = 1024

    /// Marks them.
    /// - Parameters:
    ///   - members: from `first` on those of one object.
    ///   - text: where they stand.
    /// - Returns: whether there are any.
    static func mark(_ members: inout [MemberSpan], from first: Int, in text: UnsafeRawBufferPointer) -> Bool {
        members.withUnsafeMutableBufferPointer { members in
            var repeated = RepeatedMembers(members: members, text: text, first: first)
            if members.count - first <= linearLimit { repeated.findLinearly() } else { repeated.findByHash() }
            return !repeated.isEmpty
        }
    }

    private init(members: UnsafeMutableBufferPointer<MemberSpan>, text: UnsafeRawBufferPointer, first: Int) {
        self.members = members
        self.text = text
        self.first = first
    }

    @inline(__always)
    private func haveOneKey(_ left: Int, _ right: Int) -> Bool {
        let count = Int(members[left].keyCount)
        guard count == members[right].keyCount, let base = text.baseAddress else { return false }
        let bytes = base.assumingMemoryBound(to: UInt8.self)
        let (leftKey, rightKey) = (bytes + members[left].key.lowerBound, bytes + members[right].key.lowerBound)
        var offset = 0
        while offset < count, leftKey[offset] == rightKey[offset] { offset &+= 1 }
        return offset == count
    }

    private mutating func note(_ place: Int, repeats first: Int) {
        members[first].take(valueOf: place)
        members[place].becomeRepetition()
        isEmpty = false
    }

    private mutating func findLinearly() {
        for place in first..<members.count {
            for earlier in first..<place where haveOneKey(earlier, place) {
                note(place, repeats: earlier)
                break
            }
        }
    }

    // MARK: - By hash

    /// 32 bits of a key's hash, and its member's distance from the first one.
    private struct HashedKey {
        let hash: UInt32
        let distance: UInt32
    }

    /// The keys are dealt out by the upper bits of their hashes; then each part has a small table by the lower bits.
    private mutating func findByHash() {
        let count = members.count - first
        let partBits = Self.bits(of: count / Self.partSize)
        withUnsafeTemporaryAllocation(of: HashedKey.self, capacity: count) { keys in
            let ends = deal(into: keys, partBits)
            var start = 0
            for end in ends {
                find(in: UnsafeBufferPointer(rebasing: keys[start..<end]))
                start = end
            }
        }
    }

    /// How many bits it takes to write `number`.
    private static func bits(of number: Int) -> Int { Int.bitWidth - number.leadingZeroBitCount }

    /// The hash is keyed, so nobody can make keys collide.
    private func hash(ofMember place: Int) -> UInt32 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: text[members[place].key]))
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    /// Writes the keys part by part, each in the order of the members.
    /// - Returns: where the parts end.
    private func deal(into keys: UnsafeMutableBufferPointer<HashedKey>, _ partBits: Int) -> [Int] {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: keys.count) { hashes in
            var ends = [Int](repeating: 0, count: 1 << partBits)
            for distance in keys.indices {
                hashes[distance] = hash(ofMember: first + distance)
                ends[Int(hashes[distance] >> (32 - partBits))] += 1
            }
            var start = 0
            for part in ends.indices { (ends[part], start) = (start, start + ends[part]) }
            for distance in keys.indices {
                let part = Int(hashes[distance] >> (32 - partBits))
                keys[ends[part]] = HashedKey(hash: hashes[distance], distance: UInt32(distance))
                ends[part] += 1
            }
            return ends
        }
    }

    /// Open addressing: in each slot the place in `keys`, counted from one.
    private mutating func find(in keys: UnsafeBufferPointer<HashedKey>) {
        let mask = 1 << Self.bits(of: 2 * keys.count) - 1
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: mask + 1) { slots in
            slots.initialize(repeating: 0)
            for (place, key) in keys.enumerated() {
                var slot = Int(key.hash) & mask
                while slots[slot] != 0 {
                    let other = keys[Int(slots[slot]) - 1]
                    if other.hash == key.hash, haveOneKey(first + Int(other.distance), first + Int(key.distance)) {
                        note(first + Int(key.distance), repeats: first + Int(other.distance))
                        break
                    }
                    slot = (slot + 1) & mask
                }
                if slots[slot] == 0 { slots[slot] = UInt32(place + 1) }
            }
        }
    }
}
