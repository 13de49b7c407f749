import ArgumentParser
import CommandInterface

/// `loadtest report`
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a result again: the table here, and report.html beside it.",
        discussion: """
            Examples:
              loadtest report loadtest-results/run-2026-11-21T140000Z
              loadtest report results/monday --html /tmp/monday.html
            """)

    @Argument(help: ArgumentHelp("A folder that a test wrote.", valueName: "folder"))
    var folder: String

    @Option(help: ArgumentHelp("Where to write the page instead of into the folder.", valueName: "file"))
    var html: String?

    func run() async throws {
        try await Complaint.onFailure(show)
    }

    private func show() throws {
        let folder = ResultFolder(path: folder)
        let result = try folder.read()
        try folder.writePage(of: result, to: html)
        StandardOutput.write(ResultTable(result).text)
    }
}
