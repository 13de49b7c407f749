import CommandInterface
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct WrappedTextTests {
    @Test func sentencesAreBrokenBetweenWords() {
        let text = Array(repeating: "twelve chars", count: 14).joined(separator: " ")
        let lines = WrappedText.paragraph(text, first: "ok  ", indent: 4).split(separator: "\n")
        #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 80 })
        #expect(lines[0].hasPrefix("ok  twelve") && lines[1].hasPrefix("    ") && !lines[1].hasPrefix("     "))
        #expect(lines.joined(separator: " ").split(separator: " ").dropFirst().joined(separator: " ") == text)
    }

    /// Every length of a word at every place of a line.
    @Test func aWordThatNoLineHoldsIsBrokenToo() {
        for before in 0...90 {
            for length in [1, 60, 75, 76, 77, 80, 81, 200] {
                let (head, word) = (String(repeating: "a", count: before), String(repeating: "x", count: length))
                let lines = WrappedText.paragraph("\(head) \(word) z", first: "ok  ", indent: 4).split(separator: "\n")
                #expect(lines.allSatisfy { $0.count <= 80 }, "\(before) \(length)")
                #expect(lines.joined().filter { $0 == "x" }.count == length)
            }
        }
    }

    /// A shell sees the words that were given.
    @Test func aCommandCanBePasted() throws {
        let words =
            ["printf", "%s\\n", "~resque:*", "it's", "", "$HOME", "a b", "+sort"]
            + (0..<30).map { "+command\($0)" }
        let text = WrappedText.command(words, indent: 10)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let (shell, output) = (Process(), Pipe())
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", text]
        shell.standardOutput = output
        try shell.run()
        let seen = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(seen == words.dropFirst(2).joined(separator: "\n") + "\n")
    }
}
