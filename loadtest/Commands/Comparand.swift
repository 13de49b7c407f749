import CommandInterface
import Foundation

/// What stands on one side of a comparison.
enum Comparand: Sendable {
    /// A test that was made before.
    case result(folder: String, TestResult)
    /// A driver to be measured now, and how the user wrote it.
    case driver(String, Scenario.Driver)

    /// A folder with a `result.json` is a result; anything else is a driver.
    ///
    /// - Throws: `ScenarioError` for neither, `Complaint` for a result that cannot be read.
    init(_ text: String) throws {
        let file = URL(filePath: text).appending(path: "result.json").path
        guard FileManager.default.fileExists(atPath: file) else {
            do {
                self = .driver(text, try Scenario.Driver(text))
            } catch {
                throw ScenarioError(
                    "'\(text)' is neither a folder with a result.json nor a driver; write busdriver or spawn:'COMMAND'."
                )
            }
            return
        }
        do {
            let data = try Data(contentsOf: URL(filePath: file))
            self = .result(folder: text, try JSONDecoder().decode(TestResult.self, from: data))
        } catch {
            throw Complaint("\(file) is no result that this loadtest can read; measure again with --out.")
        }
    }
}
