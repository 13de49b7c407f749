import BoundedYAML
import Testing

@Suite(.timeLimit(.minutes(1))) struct YAMLReaderTests {
    private func read(_ yaml: String) throws(YAMLError) -> YAMLNode? {
        var reader = YAMLReader()
        return try reader.read(yaml.utf8)
    }

    /// The node as a text: lists in brackets, maps in braces, quoted texts in quotes, tags before them.
    private func text(_ node: YAMLNode) -> String {
        let tag = node.tag.map { "<\($0)>" } ?? ""
        switch node.content {
        case .scalar(let text, let isPlain): return tag + (isPlain ? text : "'\(text)'")
        case .sequence(let elements): return tag + "[" + elements.map(text).joined(separator: ",") + "]"
        case .mapping(let pairs):
            return tag + "{" + pairs.map { text($0.key) + ":" + text($0.value) }.joined(separator: ",") + "}"
        }
    }

    @Test func theFirstDocumentIsReadAndTheSecondNamed() throws {
        var reader = YAMLReader()
        let first = try reader.read("---\na: 1\n---\nb: [\n".utf8, firstLine: 10)
        #expect(first.map(text) == "{a:1}" && reader.secondDocument == 12)
        let only = try reader.read("a: 1\n...\n".utf8)
        #expect(only.map(text) == "{a:1}" && reader.secondDocument == nil)
    }

    @Test(arguments: [
        ("a: 1\nb:\n- x\n- 'y'\n", "{a:1,b:[x,'y']}"), ("[a, {b: c}, \"d\"]", "[a,{b:c},'d']"), ("text", "text"),
        ("a: &x [1, 2]\nb: *x\n", "{a:[1,2],b:[1,2]}"), ("a: &x 1\nb: &x 2\nc: *x\n", "{a:1,b:2,c:2}"),
        ("!!str 1", "<tag:yaml.org,2002:str>1"), ("!local {a: b}", "<!local>{a:b}"), ("? [a]\n: b\n", "{[a]:b}"),
        ("--- \n- |\n  two\n  lines\n", "['two\nlines\n']"), ("{}", "{}"), ("- []", "[[]]"),
    ])
    func whatIsWrittenIsRead(yaml: String, expected: String) throws {
        #expect(try read(yaml).map(text) == expected)
    }

    @Test(arguments: ["", "# only a comment\n", "\n\n"])
    func aTextWithoutADocumentIsNothing(yaml: String) throws {
        #expect(try read(yaml) == nil)
    }

    @Test(arguments: [
        ("a: [1\nb: 2\n", 2), ("a: *nobody\n", 1), ("x:\n  a: 1\n  a: 2\n", 3),
        ("a: 1\n\tb: 2\n", 2), ("a: &x [*x]\n", 1), ("a: 1\nb: \u{1}\n", 2),
    ])
    func whatIsNoYAMLIsRefusedWithItsLine(yaml: String, line: Int) {
        let error = #expect(throws: YAMLError.self) { try read(yaml) }
        #expect(error?.kind == .malformed)
        #expect(error?.line == line, "\(error as Any)")
    }

    @Test func aTextMayReferToOneThatWasReadBefore() throws {
        var reader = YAMLReader()
        _ = try reader.read("a: &x 1\n".utf8)
        #expect(throws: YAMLError.self) { try reader.read("b: &y [\n".utf8) }
        #expect(try reader.read("c: *x\n".utf8, firstLine: 4).map(text) == "{c:1}")
        let error = #expect(throws: YAMLError.self) { try reader.read("d: *y\n".utf8, firstLine: 5) }
        #expect(error?.line == 5)
    }

    /// Each level holds the one before it twice: the last stands for 2^40 values.
    @Test(arguments: ["[*a, *a]", "{*a : 1, b: *a}", "{x: *a, y: *a}", "{? {*a : *a} : 1}"])
    func aliasesOfAliasesAreCountedAndNotExpanded(level: String) {
        var bomb = "a0: &a0 [x]\n"
        for number in 1...40 {
            bomb += "a\(number): &a\(number) \(level.replacing("*a", with: "*a\(number - 1)"))\n"
        }
        let error = #expect(throws: YAMLError.self) { try read(bomb) }
        #expect(error?.kind == .limit)
    }

    @Test func nestingEndsAt64LevelsAlsoThroughAliases() throws {
        func nested(_ levels: Int, around inner: String = "") -> String {
            String(repeating: "[", count: levels) + inner + String(repeating: "]", count: levels)
        }
        #expect(try read(nested(64)) != nil)
        #expect(throws: YAMLError.self) { try read(nested(65)) }
        #expect(throws: YAMLError.self) { try read(nested(100_000)) }
        #expect(try read("[&a \(nested(40)), \(nested(23, around: "*a"))]") != nil)
        let error = #expect(throws: YAMLError.self) { try read("[&a \(nested(40)),\n \(nested(24, around: "*a"))]") }
        #expect(error?.description == "It nests deeper than 64 levels.")
        #expect(error?.line == 2)
    }

    @Test func theLimitsAreExact() throws {
        var limits = YAMLLimits()
        limits.nodes = 6
        limits.bytes = 20
        var reader = YAMLReader(limits: limits)
        #expect(try reader.read("[a, &b [c], *b]\n".utf8) != nil)
        #expect(try reader.read("[a, [b, c], d]\n".utf8) != nil)
        let many = #expect(throws: YAMLError.self) { try reader.read("[a, &b [c],\n*b, d]".utf8) }
        #expect(many?.description == "It has more than 6 values, those that aliases stand for included.")
        #expect(many?.line == 2)
        let long = #expect(throws: YAMLError.self) { try reader.read("a:\n  - b #23456789012345".utf8) }
        #expect(long?.description == "It is longer than 20 bytes.")
    }

    @Test func manyDirectivesAreRefused() {
        let text = (0..<100_000).map { "%TAG !\($0)! tag:x\n" }.joined() + "--- a\n"
        let error = #expect(throws: YAMLError.self) { try read(text) }
        #expect(error?.line == 17)
    }
}
