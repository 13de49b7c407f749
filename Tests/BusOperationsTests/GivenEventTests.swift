import BusOperations
import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct GivenEventTests {
    @Test func eventsAreFoundInEveryShape() throws {
        let bare = #"{"a":1}"#
        let job = #"{"class":"QueueBus::Worker","args":["{\"a\":1}"]}"#
        let old = #"{"class":"ResqueBus::Driver","args":[{"a":1}]}"#
        let oldDelayed = #"{"class":"ResqueBus::Publisher","args":["t",{"a":1}],"queue":"q"}"#
        for text in [bare, job, old, oldDelayed] {
            #expect(
                try GivenEvent.attributes(of: Array(text.utf8), from: "standard input") == [JSONMember("a", 1)],
                "\(text)")
        }
        for text in ["", "[]", "3", #"{"class":"X","args":["nonsense"]}"#] {
            #expect(throws: OperationError.self) {
                try GivenEvent.attributes(of: Array(text.utf8), from: "standard input")
            }
        }
    }

    @Test func aRefusalNamesThePlace() {
        func message(_ text: String) -> String? {
            #expect(throws: OperationError.self) {
                try GivenEvent.attributes(of: Array(text.utf8), from: "standard input")
            }?.message
        }
        #expect(message("[]")?.hasPrefix("Standard input is not a JSON object: ") == true)
        #expect(
            message(#"{"class":"X","args":["nonsense"]}"#)
                == "The job on standard input does not carry the attributes of an event.")
    }
}
