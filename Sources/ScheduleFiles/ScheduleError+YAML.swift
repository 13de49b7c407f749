import BoundedYAML
import BusCalendar

extension ScheduleError {
    init(_ error: YAMLError) {
        self.init("Line \(error.line): \(error.description)")
    }
}
