import Foundation
import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RedisServerTests {
    @Test func keepsItsDataOverAKill() throws {
        let server = try RedisServer(config: ["appendonly yes", "appendfsync always"], tcp: true)
        let port = try #require(server.port)
        try RawRedis(port: port).call("SET", "key", "1")
        server.kill()
        #expect(server.processID == nil)
        #expect(throws: TestSupportError.self) { try server.connect() }
        try server.restart()
        #expect(try RawRedis(port: port).call("GET", "key").string == "1")
    }

    @Test func answersAgainAfterASuspension() throws {
        let server = try RedisServer()
        let client = try server.connect(timeout: .milliseconds(100))
        server.suspend()
        #expect(throws: TestSupportError.self) { try client.call("PING") }
        server.resume()
        #expect(try client.read() == .status("PONG"))
    }

    /// A child that held a listening socket of ours would keep its port, and an end of a pipe its reader, for ever.
    @Test func holdsNoDescriptorOfOurs() throws {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let ours = try Set(
            ends.map { try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") })
        let server = try RedisServer()
        let folder = "/proc/\(try #require(server.processID))/fd"
        let held = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
        }
        #expect(held.count > 3)
        #expect(ours.isDisjoint(with: held))
    }

    @Test func namesWhatRedisDislikes() {
        let error = #expect(throws: TestSupportError.self) { try RedisServer(config: ["no-such-directive 1"]) }
        #expect(error?.description.contains("no-such-directive") == true)
    }

    @Test func writesEventsAsRubyDoes() throws {
        let (element, id) = RubyClient.event("user_created", ["name": "Zoë \"Z\"", "bus_event_type": "renamed"])
        #expect(element.hasPrefix(#"{"class":"QueueBus::Worker","args":["{\"bus_published_at\":"#))
        #expect(
            element.hasSuffix(
                #"\"bus_event_type\":\"renamed\",\"bus_id\":\"\#(id)\",\"bus_app_hostname\":\"web-1\","#
                    + #"\"name\":\"Zoë \\\"Z\\\"\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#))
    }
}
