import ArgumentParser
import BusCalendar
import BusOperations
import BusProtocol
import BusWire
import CommandInterface
import Foundation
import Logging
import RedisConnection

/// `busdriver doctor`
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks whether Redis, the subscriptions and the neighbours are as they should be.",
        discussion: """
            Changes nothing but scratch keys of its own. What is wrong stands before what is well, each with a remedy; what
            this user may not do in Redis is one line to paste.

            Exit codes, as monitors expect them:
              0   all is well
              1   there are warnings: something is lost or slow one day
              2   there are problems: events are lost, stuck or refused; with --strict also for warnings
              3   the examination itself failed
              64, 69 and 78 as all commands of busdriver (see busdriver --help)

            Example:
              busdriver doctor
              busdriver doctor --role driver --role scheduler --quiet
              busdriver doctor --json | jq 'select(.verdict != "ok")'
            """)

    @Option(help: ArgumentHelp("A queue that events arrive on; may be given more than once.", valueName: "queue"))
    var incoming = ["bus_incoming"]

    @Option(
        help: ArgumentHelp(
            "Whose rights this user should have: driver, scheduler, rider, application or operator. More than once for more.",
            discussion: "Default: driver; and scheduler where one of ours leads."))
    var role: [RoleRights.Role] = []

    @Flag(help: "The same as --role driver --role scheduler.")
    var scheduler = false

    @Flag(help: "Warnings count as problems.")
    var strict = false

    @Flag(help: "Show only what is wrong; nothing when all is well.")
    var quiet = false

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var report = DiagnosisReport([], server: "")
        do {
            try await redis.withSession(diagnoses: true) { session in
                report = DiagnosisReport(
                    try await diagnosis(session).findings(),
                    server: "\(session.server.name) at \(session.connection.configuration.endpoint)")
            }
        } catch let code as ExitCode where code == .failed {
            throw ExitCode.unknown
        }
        if output.json {
            for finding in quiet ? report.troubles : report.findings { StandardOutput.write(finding.jsonValue) }
        } else {
            StandardOutput.write(report.text(quiet: quiet))
        }
        let code = report.exitCode(strict: strict)
        if code != .success { throw code }
    }

    private func diagnosis(_ session: Session) -> Diagnosis {
        var scope = Diagnosis.Scope(
            lock: session.schedulerLock,
            localTime: ZoneDirectory().local(environment: ProcessInfo.processInfo.environment))
        scope.incoming = incoming
        scope.roles = role
        scope.hasScheduler = scheduler
        return Diagnosis(
            connection: session.connection, server: session.server, bus: session.keys, scope: scope,
            logger: LogFormat.text.logger(level: .error))
    }
}

extension RoleRights.Role: ExpressibleByArgument {}
