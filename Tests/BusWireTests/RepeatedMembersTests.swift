import Testing

@testable import BusWire

/// Members of one key become one, however many there are, however large their object and however deep it is nested.
@Suite(.timeLimit(.minutes(1))) struct RepeatedMembersTests {
    /// What is written again holds every member once, at its first place, with its last value.
    @Test(arguments: [
        (#"{ "a":1,"a":2}"#, #"{"a":2}"#), (#"{"a":1,"b":2,"\u0061":3}"#, #"{"a":3,"b":2}"#),
        (#"{"a":{"x":1,"x":2},"b":0,"a":{"y":1,"z":0,"y":{"q":1,"q":2}}}"#, #"{"a":{"y":{"q":2},"z":0},"b":0}"#),
        (#"{"a":[1e400],"a":1}"#, #"{"a":1}"#), (#"{"a":{"b":1,"b":[{"b":1,"b":2}]}}"#, #"{"a":{"b":[{"b":2}]}}"#),
        (#"{"a":1,"a":2,"a":3,"b":1,"b":4}"#, #"{"a":3,"b":4}"#), ("{ }", "{}"), ("[ 1 , [ ] ]", "[1,[]]"),
        ("{/* * / **/\"a\"// */ x\n:1,/**/\"a\":2}", #"{"a":2}"#),
    ])
    func repeatedMembersBecomeOne(source: String, expected: String) throws {
        let canonical = try Array(source.utf8).withUnsafeBytes { bytes in try CanonicalJSON(bytes) }
        #expect(String(decoding: canonical.text, as: UTF8.self) == expected)
        #expect(canonical.infiniteNumber == nil)
    }

    /// Objects below and above each limit: those written anew at once, those whose keys are hashed, those hashed in
    /// parts.
    @Test(arguments: [2, 3, 16, 17, 40, 1023, 1024, 5000])
    func manyMembersAreReadAsTrees(count: Int) throws {
        var generator = SeededGenerator.announced(for: "manyMembersAreReadAsTrees")
        for names in Set([1, 2, count / 2, count, 8 * count]) {
            let text = object(of: count, names: names, depth: 0, with: &generator)
            let expected = try JSONValue.parse(Array(text.utf8)).encoded()
            let canonical = try Array(text.utf8).withUnsafeBytes { bytes in try CanonicalJSON(bytes) }
            #expect(canonical.text == expected, "\(count) members of \(names) names")
        }
    }

    /// - Parameter names: so many different keys, of several lengths.
    private func object(
        of count: Int, names: Int, depth: Int, with generator: inout SeededGenerator
    ) -> String {
        let members = (0..<count).map { _ in
            let name = Int.random(in: 0..<names, using: &generator)
            let isNested = depth < 3 && Int.random(in: 0..<(4 * count), using: &generator) < 4
            let value = isNested ? object(of: count, names: names, depth: depth + 1, with: &generator) : "\(name)"
            return "\"\(String(repeating: "é", count: name % 3))\(name)\":\(value)"
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}
