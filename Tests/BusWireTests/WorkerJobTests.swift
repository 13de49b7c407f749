import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct WorkerJobTests {
    @Test func itReadsWhatTheParserReads() throws {
        var random = RandomJSON(generator: .announced(for: "itReadsWhatTheParserReads"))
        var inOnePass = 0
        for _ in 0..<4000 {
            let element = element(random.spell(.object(random.event())))
            guard let job = WorkerJob(element) else { continue }
            inOnePass += 1
            #expect(try job.members == innerObject(ofJob: element))
            #expect(try JSONValue.parse(element)["args"] == .array([.string(job.text)]))
        }
        #expect(1000...3900 ~= inOnePass)
    }

    @Test(arguments: [
        "", "[]", #"{"class":"QueueBus::Worker","args":[]}"#, #"{"class":"QueueBus::Worker","args":["{"]}"#,
        #"{"class":"QueueBus::Worker","args":["{\"a\":1"]}"#, #"{"class":"QueueBus::Worker","args":["[]"]}"#,
        #"{"class":"QueueBus::Worker","args":["{\"a\":1,\"a\":2}"]}"#,
        #"{"class":"QueueBus::Worker","args":["{\"a\":\"\ud800\"}"]}"#,
        #"{"class":"QueueBus::Worker", "args":["{\"a\":1}"]}"#, #"{"class":"Emailer","args":["{\"a\":1}"]}"#,
    ]) func whatIsNotInRubysSpellingIsLeftToTheParser(element: String) {
        #expect(WorkerJob(Array(element.utf8))?.text == nil)
    }

    @Test func anEmptyEventIsRead() {
        let job = WorkerJob(element("{}"))
        #expect(job?.text == "{}")
        #expect(job?.members == [])
    }
}
