import CommandInterface
import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ResultFolderTests {
    /// A path in the temporary folder at which nothing is, taken away afterwards.
    private func withPath(_ body: (String) throws -> Void) rethrows {
        let path = NSTemporaryDirectory() + "/loadtest-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test(arguments: SampleResults.all.keys.sorted())
    func readsWhatItWrote(name: String) throws {
        let result = try #require(SampleResults.all[name])
        try withPath { path in
            let folder = try ResultFolder.create(at: path + "/in/here")
            try folder.write(result)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(files == ["popped.hgrm", "report.html", "result.json", "series.csv"])
            #expect(try ResultFolder.json(of: folder.read()) == ResultFolder.json(of: result))
        }
    }

    @Test func doesNotOverwriteAResult() throws {
        try withPath { path in
            try ResultFolder.create(at: path).write(SampleResults.interrupted)
            #expect(
                message { try ResultFolder.create(at: path) }
                    == "\(path) holds a result already; name another folder with --out.")
        }
    }

    @Test func saysWhatIsWrongWithAFolder() throws {
        try withPath { path in
            #expect(
                message { try ResultFolder(path: path).read() }.hasPrefix(
                    "There is no readable \(path)/result.json; name a folder"))
            let folder = try ResultFolder.create(at: path)
            func read(_ text: String) throws -> String {
                try text.write(toFile: path + "/result.json", atomically: true, encoding: .utf8)
                return message { try folder.read() }
            }
            #expect(try read("{").hasSuffix("is no result of loadtest, or damaged: it is not JSON."))
            #expect(try read("{}").hasSuffix("damaged: 'schema' is missing."))
            #expect(
                try read(#"{"schema": 2}"#).hasSuffix(
                    "was written by a newer loadtest (schema 2); read it with that one."))
            let whole = try ResultFolder.json(of: SampleResults.good)
            #expect(
                try read(whole.replacing(#""generatorBusy": 0.22"#, with: #""generatorBusy": "x""#))
                    .hasSuffix("damaged: a value has the wrong type in runs[0].generatorBusy."))
            try FileManager.default.createDirectory(atPath: path + "/file", withIntermediateDirectories: true)
            try "".write(toFile: path + "/file/plain", atomically: true, encoding: .utf8)
            #expect(
                message { try ResultFolder.create(at: path + "/file/plain/deeper") }
                    == "The folder \(path)/file/plain/deeper cannot be made: Not a directory; name another one with --out."
            )
        }
    }

    @Test func keepsPasswordsToItself() throws {
        var result = SampleResults.good
        result.arguments = ["run", "--redis", "redis://bus:s3cret@cache:6379/2"]
        result.driver = "spawn:driver --url=redis://:s3cret@cache"
        result.scenario.target.redis = "redis://bus:s3cret@cache:6379/2"
        result.scenario.target.driver = .spawn("driver --url=redis://:s3cret@cache")
        result.warnings = ["redis://x:s3cret@[::1]:6379 answered late."]
        try withPath { path in
            let folder = try ResultFolder.create(at: path)
            try folder.write(result)
            for file in ["result.json", "report.html"] {
                let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
                #expect(!text.contains("s3cret"))
                #expect(text.contains("redis://bus:***@cache:6379/2"))
            }
        }
    }

    @Test func isNamedAfterCommandAndTime() {
        let date = Date(timeIntervalSince1970: 1_795_269_600)
        #expect(ResultFolder.defaultPath(for: .saturate, at: date) == "loadtest-results/saturate-2026-11-21T140000Z")
    }

    private func message(_ body: () throws -> some Any) -> String {
        do {
            _ = try body()
            return "no error"
        } catch {
            return (error as? Complaint)?.message ?? "\(error)"
        }
    }
}
