package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;

/** The centre of the home, when it runs, is ready, and runs the version that is installed. */
final class RunningCheck implements DoctorCheck {

    @Override
    public String what() {
        return "centre";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, StartFailure, ConfigException {
        Optional<OwnAnswer> asked = examined.own();
        if (asked.isEmpty()) {
            return List.of(Finding.ok(
                    what(), "is stopped; readiness, memory and version of the process are seen only while it runs"));
        }
        OwnAnswer own = asked.get();
        if (!own.answered()) {
            return List.of(Finding.error(
                    what(),
                    examined.home().url() + " says that it runs at " + own.url() + ", but it does not answer: "
                            + own.trouble(),
                    "look into its log for how it ended, and start it again"));
        }
        List<Finding> found = new ArrayList<>();
        for (String reason : own.reasons()) {
            found.add(Finding.error(what(), "is not ready: " + reason, "look into its log"));
        }
        String installed = examined.machine().version();
        own.version()
                .filter(runs -> !runs.equals(installed))
                .ifPresent(runs -> found.add(Finding.warning(
                        what(),
                        "runs version " + runs + ", and version " + installed + " is installed",
                        "start the centre again, so that it runs the installed version")));
        if (found.isEmpty()) {
            found.add(Finding.ok(what(), "is ready at " + own.url() + ", and runs the installed version"));
        }
        return found;
    }
}
