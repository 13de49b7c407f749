import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct SeriesCSVTests {
    @Test func hasALineForEachSecondOfEachRun() {
        var result = SampleResults.empty(.run)
        result.runs = ["repeat 1", "probe \"a\", again"].map { SampleResults.run($0, seed: 1, rate: 100, seconds: 0) }
        result.runs[0].series = [
            SecondSample(second: 0, intended: 99, published: 98, popped: 97, backlog: 1),
            SecondSample(
                second: 1, intended: 101, published: 100, popped: 300, backlog: 0, p50: 212.5, p99: 1_200,
                max: 3_456.78,
                heat: [1, 2], driverCPU: 0.25, redisCPU: 0.5, driverMemoryBytes: 21_000_000, driverDescriptors: 11),
        ]
        result.runs[1].series = [SecondSample(second: 0, intended: 1, published: 1, popped: 1, backlog: 0)]
        #expect(
            SeriesCSV(result).text == """
                run,second,intended,published,popped,backlog,p50_us,p99_us,max_us,driver_cpu,redis_cpu,\
                driver_memory_bytes,driver_descriptors
                repeat 1,0,99,98,97,1,,,,,,,
                repeat 1,1,101,100,300,0,212.5,1200.0,3456.8,0.250,0.500,21000000,11
                "probe ""a"", again",0,1,1,1,0,,,,,,,

                """)
    }

    @Test func ofNothingIsItsHeading() {
        #expect(SeriesCSV(SampleResults.interrupted).text.split(separator: "\n").count == 1)
    }
}
