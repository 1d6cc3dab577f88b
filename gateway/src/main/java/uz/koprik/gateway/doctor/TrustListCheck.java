package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.List;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.StartFailure;

/** The trust list is signed by this centre and the newest one. */
final class TrustListCheck implements DoctorCheck {

    @Override
    public String what() {
        return "trust list";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, StartFailure {
        try {
            TrustList list = examined.trust();
            return List.of(Finding.ok(
                    what(),
                    "number " + list.sequence() + ", " + list.centres().size() + " centres, valid until "
                            + list.expires()));
        } catch (TrustListRejected rejected) {
            return List.of(Finding.error(
                    what(),
                    rejected.getMessage(),
                    "restore trust.json and trust.json.sequence from the newest backup, then run"
                            + " `koprik doctor --record`"));
        }
    }
}
