/// Names and numbers of groups. All characters but the closing one and `)` may be part of a name.
extension PatternParser {
    /// Ruby takes the digits of all scripts for digits, and their distance to `0` for their value.
    func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? "0"..."9" ~= scalar : PosixBracket.digit.codePoints(isASCII: false).contains(scalar.value)
    }

    /// A number that may be empty.
    ///
    /// - Returns: nil if it is above 2³¹ - 1.
    mutating func readNumber() -> Int32? {
        var number: Int32? = 0
        while let digit = peek, isDigit(digit) {
            position += 1
            let tens = number?.multipliedReportingOverflow(by: 10)
            let sum = tens.map { $0.partialValue.addingReportingOverflow(Int32(digit.value) - 0x30) }
            number = tens?.overflow == false && sum?.overflow == false ? sum?.partialValue : nil
        }
        return number
    }

    /// The name of a group that is being defined.
    mutating func readGroupName(end: Unicode.Scalar) throws(PatternError) -> ArraySlice<Unicode.Scalar> {
        guard let first = peek, first != end else { throw .refused("group name is empty") }
        guard !isDigit(first), first != "-" else { throw .refused("invalid group name") }
        return try readName(end: end)
    }

    private mutating func readName(end: Unicode.Scalar) throws(PatternError) -> ArraySlice<Unicode.Scalar> {
        let start = position
        position += 1
        while let scalar = next(), scalar != ")" || end == ")" {
            if scalar == end { return source[start..<position - 1] }
        }
        throw .refused("invalid group name")
    }

    /// A name or a number, which may be negative: of `\g<…>`, or of `(?(1)…)`.
    mutating func readCallName(end: Unicode.Scalar) throws(PatternError) -> ParsedPattern.Call.Target {
        guard let first = peek, first != end else { throw .refused("group name is empty") }
        guard isDigit(first) || first == "-" else { return .name(try readName(end: end)) }
        let isNegative = skip("-")
        guard let number = readNumber() else { throw .refused("too big number") }
        guard number != 0, skip(end) else { throw .refused("invalid group name") }
        return .number(isNegative ? -number : number)
    }

    /// A name, a number or a relative number, and perhaps a level: of `\k<…>`.
    ///
    /// - Returns: the groups that are meant, of which there are several where a name has been defined more than once.
    mutating func readReference(
        end: Unicode.Scalar
    ) throws(PatternError) -> (groups: [Int32], isByNumber: Bool, level: Int32?) {
        guard let first = peek, first != end else { throw .refused("group name is empty") }
        let groups: [Int32]
        let isByNumber = isDigit(first) || first == "-"
        if isByNumber {
            let isNegative = skip("-")
            guard let digit = peek, isDigit(digit) else { throw .refused("invalid group name") }
            guard let number = readNumber() else { throw .refused("too big number") }
            let group = isNegative ? Int32(parsed.groups.count) - number : number
            guard number != 0 else { throw .refused("invalid group name") }
            guard group > 0 else { throw .refused("invalid backref number/name") }
            groups = [group]
        } else {
            let start = position
            position += 1
            while let scalar = peek, scalar != end, scalar != ")", scalar != "+", scalar != "-" { position += 1 }
            groups = parsed.names[source[start..<position]] ?? []
        }
        let level = try readLevel(end: end)
        guard !groups.isEmpty else { throw .refused("undefined name reference") }
        return (groups, isByNumber, level)
    }

    private mutating func readLevel(end: Unicode.Scalar) throws(PatternError) -> Int32? {
        guard let following = next(), following != end else {
            if source[position - 1] == end { return nil }
            throw .refused("invalid group name")
        }
        guard following == "+" || following == "-", let digit = peek, isDigit(digit) else {
            throw .refused("invalid group name")
        }
        guard let level = readNumber() else { throw .refused("too big number") }
        guard skip(end) else { throw .refused("invalid group name") }
        return following == "-" ? -level : level
    }
}
