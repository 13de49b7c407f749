/// The value of a JSON number, as far as it fits 19 digits: 0.ddd × 10^point.
struct DecimalNumber {
    private(set) var isNegative = false
    /// The significant digits without zeros at either end.
    private(set) var digits: UInt64 = 0
    private(set) var digitCount = 0
    private(set) var point = 0
    /// There are more digits than fit.
    private(set) var isCut = false

    private static let mostDigits = 19

    /// - Parameter text: in JSON's grammar, or as Swift describes a finite Double.
    init(_ text: UnsafeRawBufferPointer) {
        var zeros = 0
        var isFraction = false
        var index = 0
        scan: while index < text.count {
            let byte = text[index]
            index &+= 1
            switch byte {
            case .zero where digits == 0:
                if isFraction { point &-= 1 }
            case .zero:
                if !isFraction { point &+= 1 }
                zeros &+= 1
            case .zero...(.nine):
                if !isFraction { point &+= 1 }
                append(byte &- .zero, behind: zeros)
                zeros = 0
            case .dot: isFraction = true
            case .minus: isNegative = true
            default: break scan
            }
        }
        point &+= Self.exponent(text, from: index)
    }

    private mutating func append(_ digit: UInt8, behind zeros: Int) {
        guard !isCut, digitCount + zeros < Self.mostDigits else {
            isCut = true
            return
        }
        for _ in 0..<zeros { digits &*= 10 }
        digits = digits &* 10 &+ UInt64(digit)
        digitCount += zeros + 1
    }

    /// What stands behind the `e`, as far as it matters to a text of less than 2^40 digits.
    private static func exponent(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
        var exponent = 0
        var isNegative = false
        for index in start..<max(start, text.count) {
            if text[index].isDigit {
                exponent = min(exponent * 10 + Int(text[index] &- .zero), 1 << 40)
            } else {
                isNegative = text[index] == .minus
            }
        }
        return isNegative ? -exponent : exponent
    }

    // MARK: - As Double

    /// Whether no other digits than these are needed or suffice to tell the Double from its neighbours: so few of them
    /// it keeps.
    /// - Parameter text: what the number was read from.
    func isShortest(spelled text: UnsafeRawBufferPointer) -> Bool {
        digitCount <= 15 && !isCut && -306...309 ~= point && isFinite(spelled: text)
    }

    /// Whether the number is within Double's range.
    /// - Parameter text: what the number was read from.
    func isFinite(spelled text: UnsafeRawBufferPointer) -> Bool {
        if digits == 0 || point < 309 { return true }
        if point > 309 { return false }
        var head = digits
        for _ in digitCount..<Self.mostDigits { head &*= 10 }
        // The first 19 digits of what is half way between the largest Double and the next power of two.
        let limit: UInt64 = 1_797_693_134_862_315_807
        if head != limit || !isCut { return head <= limit }
        return Double(String(decoding: text, as: UTF8.self))?.isFinite ?? false
    }

    // MARK: - As Ruby writes it

    /// Appends Ruby's Float#to_s: `1.0e+15` where more than 15 digits before the point would not leave any behind it
    /// (the contract says 1e16; Ruby's source and its vectors say this), `1.0e-05` below 1e-4.
    func write(to output: inout ByteOutput) {
        output.reserve(Self.mostDigits + 20)
        if isNegative { output.write(.minus) }
        guard digits > 0 else { return output.write("0.0") }
        switch point {
        case 1..<max(1, digitCount):
            write(0..<point, to: &output)
            output.write(.dot)
            write(point..<digitCount, to: &output)
        case 1...15:
            write(0..<digitCount, to: &output)
            for _ in digitCount..<point { output.write(.zero) }
            output.write(".0")
        case -3...0:
            output.write("0.")
            for _ in 0 ..< -point { output.write(.zero) }
            write(0..<digitCount, to: &output)
        default:
            write(0..<1, to: &output)
            output.write(.dot)
            if digitCount > 1 { write(1..<digitCount, to: &output) } else { output.write(.zero) }
            writeExponent(point - 1, to: &output)
        }
    }

    /// Writes some of the digits, the last one first.
    private func write(_ places: Range<Int>, to output: inout ByteOutput) {
        var rest = digits / Self.powerOfTen(digitCount - places.upperBound)
        for place in stride(from: places.count - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: rest % 10) &+ .zero
            output.end.storeBytes(of: digit, toByteOffset: place, as: UInt8.self)
            rest /= 10
        }
        output.advance(by: places.count)
    }

    private func writeExponent(_ exponent: Int, to output: inout ByteOutput) {
        output.write(exponent < 0 ? "e-" : "e+")
        let magnitude = exponent.magnitude
        if magnitude >= 100 { output.write(UInt8(magnitude / 100) + .zero) }
        output.write(UInt8(magnitude / 10 % 10) + .zero)
        output.write(UInt8(magnitude % 10) + .zero)
    }

    private static func powerOfTen(_ exponent: Int) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}
