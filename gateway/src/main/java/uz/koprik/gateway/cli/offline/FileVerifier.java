package uz.koprik.gateway.cli.offline;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.VerifiedSignature;
import uz.koprik.crypto.trust.Verifier;
import uz.koprik.gateway.centre.FirstSeen;
import uz.koprik.gateway.centre.SignerKids;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.indicators.imports.ImportFormat;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.wording.Sentence;

/** Verifies the objects of a file, by the signatures inside them or by countersignatures anywhere in the same file. */
final class FileVerifier {

    private final TrustList trust;
    private final Verifier verifier;
    private final Instant now;
    private final FirstSeen firstSeen;

    /**
     * @param now when an object is first seen of which {@code firstSeen} knows nothing
     * @param firstSeen asked only for objects whose signatures do not count if they are first seen now
     */
    FileVerifier(TrustList trust, Instant now, FirstSeen firstSeen) {
        this.trust = trust;
        this.verifier = new Verifier(trust);
        this.now = now;
        this.firstSeen = firstSeen;
    }

    /**
     * What was found out about one object.
     *
     * @param where its place in the file
     * @param id STIX id; empty when it could not be read that far
     * @param proven whether a centre on the trust list vouches for it
     * @param reason by whom and when, or why not
     */
    record Finding(String where, String id, boolean proven, String reason) {}

    /** A countersignature that held. */
    private record Voucher(Countersignature said, List<VerifiedSignature> signers) {}

    /** An object without signatures of its own, and where its finding belongs. */
    private record UnsignedObject(int index, String where, StixObject object) {}

    /** An object whose keys count only for what was seen before some moment, and where its finding belongs. */
    private record LateObject(int index, String where, StixObject object) {}

    /** What was found out about each object of the file, in its order. */
    List<Finding> verify(Path file) throws IOException, ImportRefused {
        List<Finding> findings = new ArrayList<>();
        List<UnsignedObject> unsigned = new ArrayList<>();
        List<LateObject> late = new ArrayList<>();
        Map<String, List<Voucher>> vouchers = new HashMap<>();
        ImportOptions options = ImportOptions.of(file.getFileName().toString());
        try (InputStream in = new BufferedInputStream(FileFailures.open(file));
                ImportReader reader = ImportReader.open(in, options)) {
            if (reader.format() != ImportFormat.OBJECTS && reader.format() != ImportFormat.SINGLE_OBJECT) {
                throw new ImportRefused(Sentence.other("this is not a STIX object, a bundle or a TAXII envelope"));
            }
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                switch (item) {
                    case ImportItem.ObjectBytes object -> one(object, findings, unsigned, late, vouchers);
                    case ImportItem.RefusedRow bad -> findings.add(new Finding(bad.where(), "", false, bad.reason()));
                    case ImportItem.Value _, ImportItem.PatternText _ ->
                        throw new IllegalStateException("values do not come out of objects: " + item.where());
                    case ImportItem.ImportNote note ->
                        throw new IllegalStateException("objects of STIX are not translated: " + note.where());
                }
            }
        }
        judgeBySight(late, findings, vouchers);
        for (UnsignedObject one : unsigned) {
            findings.set(
                    one.index(),
                    byVoucher(one, vouchers.getOrDefault(one.object().id(), List.of())));
        }
        return findings;
    }

    private void one(
            ImportItem.ObjectBytes item,
            List<Finding> findings,
            List<UnsignedObject> unsigned,
            List<LateObject> late,
            Map<String, List<Voucher>> vouchers) {
        StixObject object;
        try {
            object = StixReader.read(item.object(), Set.of()).object();
        } catch (InvalidObject e) {
            findings.add(new Finding(item.where(), "", false, e.getMessage()));
            return;
        }
        if (object.signatures().isEmpty()) {
            unsigned.add(new UnsignedObject(findings.size(), item.where(), object));
            findings.add(new Finding(item.where(), object.id(), false, ""));
            return;
        }
        try {
            prove(findings.size(), item.where(), object, now, "", findings, vouchers);
        } catch (SignatureRejected | InvalidObject e) {
            if (e instanceof SignatureRejected rejected
                    && (rejected.reason() == SignatureRejected.Reason.REVOKED_KEY || ofRemovedCentre(object))) {
                late.add(new LateObject(findings.size(), item.where(), object));
            }
            findings.add(new Finding(item.where(), object.id(), false, e.getMessage()));
        }
    }

    private boolean ofRemovedCentre(StixObject object) {
        return SignerKids.of(object).stream().anyMatch(kid -> trust.key(kid)
                .filter(owner -> owner.retired().isPresent())
                .isPresent());
    }

    /** Adds a finding at the end of {@code findings}, or replaces the one at {@code index}. */
    private void prove(
            int index,
            String where,
            StixObject object,
            Instant seen,
            String remark,
            List<Finding> findings,
            Map<String, List<Voucher>> vouchers)
            throws SignatureRejected, InvalidObject {
        Optional<String> producer = object.createdByRef();
        List<VerifiedSignature> signers = producer.isPresent()
                ? verifier.verify(object.signedPayload(), object.signatures(), seen, producer.get())
                : verifier.verify(object.signedPayload(), object.signatures(), seen);
        Optional<Countersignature> said = Countersignature.read(object);
        Finding finding = new Finding(where, object.id(), true, "signed by " + words(signers) + remark);
        if (index == findings.size()) {
            findings.add(finding);
        } else {
            findings.set(index, finding);
        }
        said.ifPresent(one -> vouchers.computeIfAbsent(one.objectRef(), id -> new ArrayList<>())
                .add(new Voucher(one, signers)));
    }

    /** Judges again what counts only if it was seen early enough. */
    private void judgeBySight(List<LateObject> late, List<Finding> findings, Map<String, List<Voucher>> vouchers)
            throws IOException {
        Map<String, Instant> seen = late.isEmpty()
                ? Map.of()
                : firstSeen.of(late.stream().map(LateObject::object).toList());
        for (LateObject one : late) {
            Instant when = seen.get(FirstSeen.key(one.object()));
            if (when == null) {
                Finding before = findings.get(one.index());
                findings.set(
                        one.index(),
                        new Finding(
                                before.where(),
                                before.id(),
                                false,
                                before.reason() + ". The store of this home has no such object from before; if you know"
                                        + " when the file was first seen, judge as at that moment with --at"));
            } else {
                try {
                    prove(
                            one.index(),
                            one.where(),
                            one.object(),
                            when,
                            "; first seen on " + CentreAnswers.moment(when.toString()) + ", early enough",
                            findings,
                            vouchers);
                } catch (SignatureRejected | InvalidObject e) {
                    findings.set(
                            one.index(), new Finding(one.where(), one.object().id(), false, e.getMessage()));
                }
            }
        }
    }

    private Finding byVoucher(UnsignedObject one, List<Voucher> vouchers) {
        StixObject object = one.object();
        if (isTlp(object)) {
            return new Finding(
                    one.where(), object.id(), true, "the TLP marking definition as it was published; nobody signs it");
        }
        String why = vouchers.isEmpty()
                ? "nobody signed it, inside or by a countersignature in this file"
                : "the countersignature in this file is for another wording or version of it: something was changed";
        for (Voucher voucher : vouchers) {
            if (voucher.said().covers(object)) {
                Optional<String> objection = objection(object, voucher);
                if (objection.isEmpty()) {
                    return new Finding(one.where(), object.id(), true, "countersigned by " + words(voucher.signers()));
                }
                why = objection.get();
            }
        }
        return new Finding(one.where(), object.id(), false, why);
    }

    /** Why a centre may not vouch for an object: it is another centre's, which signs what it publishes. */
    private Optional<String> objection(StixObject object, Voucher voucher) {
        Optional<TrustedCentre> owner = object.createdByRef().flatMap(this::owner);
        return owner.filter(o ->
                        voucher.signers().stream().noneMatch(s -> s.centre().equals(o.name())))
                .map(o -> "its producer is the centre " + o.name() + ", which did not sign it; only "
                        + words(voucher.signers()) + " vouches for it");
    }

    private Optional<TrustedCentre> owner(String producer) {
        return trust.centres().stream()
                .filter(c -> c.producers().contains(producer))
                .findFirst();
    }

    private static boolean isTlp(StixObject object) {
        return Markings.object(object.id())
                .map(published -> {
                    try {
                        return StixReader.read(published).digest().equals(object.digest());
                    } catch (InvalidObject e) {
                        throw new IllegalStateException("the marking definitions of TLP must be valid objects", e);
                    }
                })
                .orElse(false);
    }

    private static String words(List<VerifiedSignature> signers) {
        return signers.stream()
                .map(s -> s.centre() + " on "
                        + CentreAnswers.moment(s.issuedAt().toString()) + " (" + s.alg() + ", key " + s.kid() + ")")
                .collect(Collectors.joining(" and "));
    }
}
