package uz.koprik.gateway.sessions;

import java.time.Instant;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.auth.Account;

/**
 * Which account a session is of: that one, with that password. After another password the session has ended.
 *
 * @param made when the account was made; a later account of the same name is another one
 * @param secret SHA-256 of the hash of its password
 */
public record AccountBinding(Instant made, String secret) {

    static AccountBinding of(Account account) {
        return new AccountBinding(
                account.created(), Secrets.sha256(account.secret().orElse("")));
    }

    boolean holdsFor(Account account) {
        return equals(of(account));
    }
}
