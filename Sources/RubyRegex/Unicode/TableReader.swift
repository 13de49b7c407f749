/// Reads the numbers of a table of `Tables/`: digits in base 32 from "0" on, the highest first; to all but a number's
/// last digit, 32 is added.
struct TableReader {
    private let digits: UnsafeBufferPointer<UInt8>
    private var position: Int

    /// - Parameter position: of the first digit that is read.
    init(_ digits: UnsafeBufferPointer<UInt8>, at position: Int = 0) {
        self.digits = digits
        self.position = position
    }

    var isAtEnd: Bool { position >= digits.count }

    /// - Precondition: not at the end.
    mutating func next() -> UInt32 {
        var number: UInt32 = 0
        while true {
            let digit = UInt32(digits[position]) - 0x30
            position += 1
            number = number << 5 | digit & 31
            if digit < 32 { return number }
        }
    }
}
