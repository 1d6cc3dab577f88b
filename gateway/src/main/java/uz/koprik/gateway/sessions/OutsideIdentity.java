package uz.koprik.gateway.sessions;

import java.time.Instant;
import java.util.Optional;
import uz.koprik.gateway.auth.Role;
import uz.koprik.indicators.policy.CaseUnits;

/**
 * Who somebody is at an OpenID Connect provider. There is no account of it here: role and units come with it.
 *
 * @param provider its issuer
 * @param subject the claim {@code sub}
 * @param sid the claim {@code sid}, by which the provider ends sessions
 * @param role what it may do now
 * @param units whose case files it works on
 * @param rightsUntil when role and units must be asked for again
 * @param sealedTokens refresh and identity token, encrypted by {@link Sealing}
 */
public record OutsideIdentity(
        String provider,
        String subject,
        Optional<String> sid,
        Role role,
        CaseUnits units,
        Instant rightsUntil,
        Optional<String> sealedTokens) {}
