/// Writes a tree out.
struct PatternSpeller {
    let pattern: GeneratedPattern
    private(set) var text = ""
    private var openedGroups = 0

    init(pattern: GeneratedPattern) { self.pattern = pattern }

    mutating func spell(_ tree: PatternTree) {
        switch tree {
        case .atom(let spelling, _): text += spelling
        case .sequence(let parts): for part in parts { spell(part) }
        case .alternation(let arms):
            for (number, arm) in arms.enumerated() {
                if number > 0 { text += "|" }
                spell(arm)
            }
        case .enclosed(let opening, let body, let closing, _):
            text += opening
            spell(body)
            text += closing
        case .capture(_, let opening, let body):
            openedGroups += 1
            text += opening
            spell(body)
            text += ")"
        case .lookAround(let opening, let body):
            text += opening
            spell(body)
            text += ")"
        case .absence(let body):
            text += "(?~"
            spell(body)
            text += ")"
        case .repetition(let body, let quantifier, _):
            spell(body)
            text += quantifier
        case .backReference(let reference): text += spell(reference, letter: "k")
        case .call(let reference): text += spell(reference, letter: "g")
        case .conditional(let reference, let yes, let no):
            text += condition(reference)
            spell(yes)
            if let no {
                text += "|"
                spell(no)
            }
            text += ")"
        }
    }

    private func spell(_ reference: GroupReference, letter: String) -> String {
        if letter == "g", reference.wish % 11 == 0 { return "\\g<0>" }
        guard let number = pattern.group(of: reference) else {
            return reference.wish % 12 == 0 ? "\\\(letter)<1>" : ""
        }
        let name = pattern.names[number - 1] ?? "\(number)"
        switch reference.form {
        case .bare where letter == "k" && !pattern.hasNames: return "\\\(number)"
        case .quoted: return "\\\(letter)'\(name)'"
        case .relative where !pattern.hasNames:
            let distance = openedGroups + 1 - number
            if distance > 0 { return "\\\(letter)<-\(distance)>" }
            return letter == "g" ? "\\g<+\(1 - distance)>" : "\\k<\(number)>"
        case .levelled where letter == "k":
            return "\\k<\(name)\(["+0", "-0", "+1", "-1", "+2"][reference.wish / 7 % 5])>"
        default: return "\\\(letter)<\(name)>"
        }
    }

    private func condition(_ reference: GroupReference) -> String {
        guard let number = pattern.group(of: reference) else {
            return reference.wish % 12 == 0 ? "(?(1)" : "(?:"
        }
        let name = pattern.names[number - 1] ?? "\(number)"
        switch reference.form {
        case .bare, .relative: return pattern.hasNames ? "(?(<\(name)>)" : "(?(\(number))"
        case .quoted: return "(?('\(name)')"
        default: return "(?(<\(name)>)"
        }
    }
}
