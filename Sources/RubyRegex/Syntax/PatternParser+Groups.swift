extension PatternParser {
    /// What follows `(`, which has been read.
    mutating func openGroup() throws(PatternError) {
        guard skip("?") else {
            guard peek != nil else { throw .refused("end pattern with unmatched parenthesis") }
            return try open(.capture(try addGroup(isNamed: false)), options: options)
        }
        guard let kind = next() else { throw .refused("end pattern in group") }
        switch kind {
        case "#": try skipComment()
        case ":": try open(.plain, options: options)
        case "=": try open(.lookAhead(isNegative: false), options: options)
        case "!": try open(.lookAhead(isNegative: true), options: options)
        case ">": try open(.atomic, options: options)
        case "~": try open(.absence, options: options)
        case "'": try openNamedGroup(end: "'")
        case "<":
            guard peek != nil else { throw .refused("end pattern with unmatched parenthesis") }
            if skip("=") {
                try open(.lookBehind(isNegative: false), options: options)
            } else if skip("!") {
                try open(.lookBehind(isNegative: true), options: options)
            } else {
                try openNamedGroup(end: ">")
            }
        case "(": try open(.conditional(try readCondition()), options: options)
        default: try openOptions(kind)
        }
    }

    private mutating func skipComment() throws(PatternError) {
        while let skipped = next() {
            if skipped == ")" { return }
            if skipped == "\\" { _ = next() }
        }
        throw .refused("end pattern in group")
    }

    private mutating func addGroup(isNamed: Bool) throws(PatternError) -> Int32 {
        guard parsed.groups.count <= Self.mostGroups else { throw .refused("too many capture groups are specified") }
        parsed.groups.append(ParsedPattern.Group(parent: innermostGroup, isNamed: isNamed))
        return Int32(parsed.groups.count - 1)
    }

    private mutating func openNamedGroup(end: Unicode.Scalar) throws(PatternError) {
        let name = try readGroupName(end: end)
        let number = try addGroup(isNamed: true)
        parsed.names[name, default: []].append(number)
        try open(.capture(number), options: options)
    }

    /// `(1)`, `(<name>)` and `('name')` behind `(?`, whose parenthesis has been read.
    private mutating func readCondition() throws(PatternError) -> ParsedPattern.Reference {
        guard let first = peek else { throw .refused("invalid conditional pattern") }
        if isDigit(first) {
            guard case .number(let group) = try readCallName(end: ")") else {
                throw .refused("invalid group name")
            }
            return ParsedPattern.Reference(group: group, isByNumber: true)
        }
        guard first == "<" || first == "'" else { throw .refused("invalid conditional pattern") }
        position += 1
        let (groups, _, _) = try readReference(end: first == "<" ? ">" : "'")
        guard skip(")") else { throw .refused("undefined group option") }
        return ParsedPattern.Reference(group: groups[0], isByNumber: false)
    }

    /// `(?i-m:…)` and `(?x)`, from their first letter.
    private mutating func openOptions(_ first: Unicode.Scalar) throws(PatternError) {
        guard "-imxadu".unicodeScalars.contains(first) else { throw .refused("undefined group option") }
        var inner = options
        var isOn = true
        var letter = first
        while true {
            switch letter {
            case "-": isOn = false
            case "i": inner.ignoresCase = isOn
            case "m": inner.isMultiline = isOn
            case "x": inner.isExtended = isOn
            case "a" where isOn: inner.charset = .ascii
            case "d" where isOn: inner.charset = .mixed
            case "u" where isOn: inner.charset = .unicode
            case ":": return try open(.options, options: inner)
            case ")": return try open(.rest, options: inner)
            default: throw .refused("undefined group option")
            }
            guard let following = next() else { throw .refused("end pattern in group") }
            letter = following
        }
    }
}
