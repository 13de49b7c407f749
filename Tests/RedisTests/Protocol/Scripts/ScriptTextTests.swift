import BusProtocol
import Foundation
import Testing

/// What we send to Redis is what `script/join-lua` writes, which the ceilings in C and `script/mutations` read.
@Suite(.timeLimit(.minutes(1))) struct ScriptTextTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../..").standardized

    @Test func everyFileIsAScriptWithTheTextThatTheCommandWrites() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "joined-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let command = try Process.run(Self.root.appending(path: "script/join-lua"), arguments: [folder.path])
        command.waitUntilExit()
        try #require(command.terminationStatus == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(Script.all.map { $0.name + ".lua" }))
        for script in Script.all {
            let file = folder.appending(path: script.name + ".lua")
            #expect(try String(contentsOf: file, encoding: .utf8) == script.text)
        }
    }

    /// A commit sends the text of `fin` each time.
    @Test func whatStandsInTransactionsHasNoHead() {
        for script in [Script.fin, .absolve, .moveFailures, .spareUnusable, .tidyBucket] {
            #expect(!script.text.contains("-- KEYS"), "\(script.name)")
        }
        #expect(Script.fin.text.utf8.count <= 650)
    }
}
