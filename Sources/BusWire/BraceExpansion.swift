/// `app_{a,b}_*` as the patterns `app_a_*` and `app_b_*`.
///
/// Braces without a comma stand for themselves, so that a queue such as `{tag}` can be named. Resque itself hands
/// braces to `File.fnmatch?` without the flag that gives them a meaning.
enum BraceExpansion {
    typealias Text = ArraySlice<Unicode.Scalar>

    /// All texts that `text` stands for, or nil if there are more than `limit`.
    static func expand(_ text: Text, limit: Int) -> [Text]? {
        guard let group = firstGroup(in: text) else { return [text] }
        var expanded: [Text] = []
        for alternative in group.alternatives {
            let rest = text[..<group.range.lowerBound] + alternative + text[group.range.upperBound...]
            guard let texts = expand(rest, limit: limit - expanded.count) else { return nil }
            expanded += texts
            guard expanded.count <= limit else { return nil }
        }
        return expanded
    }

    private struct Group {
        var range: Range<Int>
        var alternatives: [Text]
    }

    /// The first pair of braces with a comma between them.
    private static func firstGroup(in text: Text) -> Group? {
        var place = text.startIndex
        while place < text.endIndex {
            if text[place] == "\\" {
                place += 1
            } else if text[place] == "{", let group = group(in: text, from: place), group.alternatives.count > 1 {
                return group
            }
            place += 1
        }
        return nil
    }

    /// The group whose opening brace is at `start`; nil if no brace closes it.
    private static func group(in text: Text, from start: Int) -> Group? {
        var alternatives: [Text] = []
        var begin = start + 1
        var depth = 0
        var place = start
        while place < text.endIndex {
            switch text[place] {
            case "\\": place += 1
            case "{": depth += 1
            case "," where depth == 1:
                alternatives.append(text[begin..<place])
                begin = place + 1
            case "}":
                depth -= 1
                if depth == 0 {
                    alternatives.append(text[begin..<place])
                    return Group(range: start..<place + 1, alternatives: alternatives)
                }
            default: break
            }
            place += 1
        }
        return nil
    }
}
