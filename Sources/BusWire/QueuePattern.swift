/// A pattern for names of queues, judged as Ruby's `File.fnmatch?(pattern, name)` does (contract §6).
///
/// `*` stands for any text, `?` for one character, `[a-z]` for one of a set, `[^a]` or `[!a]` for one outside of it;
/// `\` takes the meaning from the next character. As in Ruby none of them matches a dot at the beginning of a name, a
/// set that is not closed matches nothing, and `]` closes a set also as its first character.
struct QueuePattern: Sendable {
    private let pattern: [Unicode.Scalar]

    init(_ pattern: [Unicode.Scalar]) {
        self.pattern = pattern
    }

    /// Whether Resque takes the text for a pattern; anything else names one queue.
    static func isPattern(_ text: String) -> Bool {
        text.unicodeScalars.contains { "*?{}[]".unicodeScalars.contains($0) }
    }

    func matches(_ name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        if name.first == ".", unescaped(0) >= pattern.endIndex || pattern[unescaped(0)] != "." { return false }
        var (place, position) = (0, 0)
        // Where to go on when the text after the last `*` does not fit: that `*` takes one character more.
        var retry: (place: Int, position: Int)?
        while true {
            if place < pattern.endIndex, pattern[place] == "*" {
                place += 1
                retry = (place, position)
            } else if place == pattern.endIndex, position == name.endIndex {
                return true
            } else if position < name.endIndex, let next = step(at: place, over: name[position]) {
                (place, position) = (next, position + 1)
            } else if let (start, taken) = retry, taken < name.endIndex {
                (place, position) = (start, taken + 1)
                retry = (start, position)
            } else {
                return false
            }
        }
    }

    /// The place behind the element at `place`, if that stands for `scalar`.
    private func step(at place: Int, over scalar: Unicode.Scalar) -> Int? {
        guard place < pattern.endIndex else { return nil }
        switch pattern[place] {
        case "?": return place + 1
        case "[": return endOfSet(from: place + 1, containing: scalar)
        default:
            let literal = unescaped(place)
            return pattern[literal] == scalar ? literal + 1 : nil
        }
    }

    /// The place behind a set, if `scalar` belongs to it.
    private func endOfSet(from start: Int, containing scalar: Unicode.Scalar) -> Int? {
        var place = start
        let isNegated = place < pattern.endIndex && (pattern[place] == "!" || pattern[place] == "^")
        if isNegated { place += 1 }
        var isMember = false
        while place < pattern.endIndex, pattern[place] != "]" {
            let low = unescaped(place)
            var high = low
            place = low + 1
            if place + 1 < pattern.endIndex, pattern[place] == "-", pattern[place + 1] != "]" {
                high = unescaped(place + 1)
                place = high + 1
            }
            let isEnd = scalar == pattern[low] || scalar == pattern[high]
            isMember = isMember || isEnd || (pattern[low] < scalar && scalar < pattern[high])
        }
        return place < pattern.endIndex && isMember != isNegated ? place + 1 : nil
    }

    /// The place of the character itself, if a backslash stands before it.
    private func unescaped(_ place: Int) -> Int {
        place + 1 < pattern.endIndex && pattern[place] == "\\" ? place + 1 : place
    }
}
