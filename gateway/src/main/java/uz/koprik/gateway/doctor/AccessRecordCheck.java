package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.accessrecord.AccessCheck;

/** No entry of the access record was changed or removed. */
final class AccessRecordCheck implements DoctorCheck {

    @Override
    public String what() {
        return "access record";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException {
        List<Finding> found = new ArrayList<>();
        long entries = 0;
        for (AccessCheck check : AccessCheck.all(examined.home().access())) {
            entries += check.entries();
            if (!check.findings().isEmpty()) {
                found.add(Finding.error(
                        what(),
                        check.stream() + ": " + check.findings().getFirst(),
                        "find out who changed files in " + examined.home().access()
                                + "; `koprik access verify` shows all of it, and a backup may have the entries"));
            }
        }
        return found.isEmpty() ? List.of(Finding.ok(what(), entries + " entries, whole")) : found;
    }
}
