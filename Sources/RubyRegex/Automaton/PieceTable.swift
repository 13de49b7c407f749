/// Finds the bundles that the pieces in a text lead to. Immutable plain memory; whoever holds it must ``deallocate()``
/// it once.
///
/// Most places of a text are passed over by one look into a bitmap for each length that pieces have.
struct PieceTable {
    private struct Slot: BitwiseCopyable {
        /// See ``Piece/key``; 0 where there is none.
        var key: UInt64
        var bundle: UInt32
    }

    private let bitmap: UnsafeMutablePointer<UInt64>
    private let bitmapShift: UInt64
    private let slots: UnsafeMutablePointer<Slot>
    private let slotMask: Int
    private let multiplier = Self.secret | 1
    /// The lengths that pieces have.
    private var lengths: [UInt64] = []

    /// Nobody can choose pieces that collide who does not know it. As random as the standard library's hashes, and as
    /// fixed where they are: then the gate counts the same instructions each time.
    private static let secret = UInt64(bitPattern: Int64(Hasher().finalize()))

    init(_ leads: [Bundles.Lead]) {
        let slotBits = Int.bitWidth - (leads.count * 2).leadingZeroBitCount
        let bitmapBits = max(slotBits + 4, 6)
        bitmap = .allocate(capacity: 1 << (bitmapBits - 6))
        bitmap.initialize(repeating: 0, count: 1 << (bitmapBits - 6))
        bitmapShift = UInt64(64 - bitmapBits)
        slots = .allocate(capacity: 1 << slotBits)
        slots.initialize(repeating: Slot(key: 0, bundle: 0), count: 1 << slotBits)
        slotMask = 1 << slotBits - 1
        for lead in leads { add(lead) }
    }

    func deallocate() {
        bitmap.deallocate()
        slots.deallocate()
    }

    private mutating func add(_ lead: Bundles.Lead) {
        let length = UInt64(lead.piece.count)
        if !lengths.contains(length) { lengths.append(length) }
        let product = lead.piece.key &* multiplier
        let bit = product >> bitmapShift
        bitmap[Int(bit >> 6)] |= 1 << (bit & 63)
        var place = self.place(product)
        while slots[place].key != 0 { place = (place + 1) & slotMask }
        slots[place] = Slot(key: lead.piece.key, bundle: lead.bundle)
    }

    @inline(__always)
    private func place(_ product: UInt64) -> Int { Int(truncatingIfNeeded: product >> 24) & slotMask }

    /// How often each byte of a text is looked at.
    var passes: Int { lengths.count }

    /// Calls `body` with the bundle of each piece, once for each place of it, as long as it answers true.
    ///
    /// - Returns: false where `body` did.
    @inline(__always)
    func forEachBundle(in text: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Bool) -> Bool {
        for length in lengths {
            let mask = 1 << (length * 8) - 1 as UInt64
            var place = 0
            while place + Int(length) <= text.count {
                let key = UInt64(Self.foldedWord(of: text, at: place)) & mask | length << 32
                let product = key &* multiplier
                let bit = product >> bitmapShift
                if bitmap[Int(truncatingIfNeeded: bit >> 6)] >> (bit & 63) & 1 != 0,
                    !follow(key, product, body)
                {
                    return false
                }
                place &+= 1
            }
        }
        return true
    }

    @inline(never)
    private func follow(_ key: UInt64, _ product: UInt64, _ body: (UInt32) -> Bool) -> Bool {
        var place = self.place(product)
        while slots[place].key != 0 {
            if slots[place].key == key, !body(slots[place].bundle) { return false }
            place = (place + 1) & slotMask
        }
        return true
    }

    /// Four bytes from a place on, the first one lowest, with zeros behind the end, folded as required texts are.
    @inline(__always)
    private static func foldedWord(of text: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt32 {
        let folding = 0x2020_2020 as UInt32
        if place &+ 4 <= text.count {
            let word = UnsafeRawPointer(text.baseAddress.unsafelyUnwrapped + place).loadUnaligned(as: UInt32.self)
            return UInt32(littleEndian: word) | folding
        }
        var word: UInt32 = 0
        for offset in place..<text.count { word |= UInt32(text[offset]) << UInt32((offset &- place) &* 8) }
        return word | folding
    }
}
