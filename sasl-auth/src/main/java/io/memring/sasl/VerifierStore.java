package io.memring.sasl;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users with SCRAM verifiers: passwords that nobody can read. */
final class VerifierStore extends CredentialStore {
    /*
     * Whoever asks about a name that is not there must not notice. So for every question a
     * verifier is made up from the name and the process's secret, in the shape (iterations, length
     * of the salt) of one user's chosen by the same secret, and is used where there is no real one.
     *
     * A password takes PBKDF2's full time once. When it was right, a keyed digest of it stays in
     * memory, and the same password is known again at once; wrong ones take the full time always.
     */
    private final Map<String, Credential> byName = new HashMap<>();
    private final List<ScramVerifier> passwordExamples;
    private final Map<ScramHash, List<ScramVerifier>> examples = new EnumMap<>(ScramHash.class);
    private final ServerSecret secret;

    VerifierStore(Collection<Credential> credentials, ServerSecret secret) {
        this.secret = secret;
        List<ScramVerifier> forPasswords = new ArrayList<>();
        Map<ScramHash, List<ScramVerifier>> byHash = new EnumMap<>(ScramHash.class);
        for (Credential each : credentials) {
            byName.put(each.account().name(), each);
            ScramVerifier verifier = each.anyVerifier();
            if (verifier != null) {
                forPasswords.add(verifier);
            }
            each.verifiers().forEach((hash, v) -> examples(byHash, hash).add(v));
        }
        passwordExamples = orUsual(forPasswords, ScramHash.SHA_256);
        for (ScramHash hash : ScramHash.values()) {
            examples.put(hash, orUsual(examples(byHash, hash), hash));
        }
    }

    private static List<ScramVerifier> examples(
            Map<ScramHash, List<ScramVerifier>> byHash, ScramHash hash) {
        return byHash.computeIfAbsent(hash, h -> new ArrayList<>());
    }

    private static List<ScramVerifier> orUsual(List<ScramVerifier> used, ScramHash hash) {
        ScramVerifier usual =
                new ScramVerifier(
                        hash,
                        ScramVerifier.DEFAULT_ITERATIONS,
                        new byte[ScramVerifier.SALT_LENGTH],
                        new byte[0],
                        new byte[0]);
        return used.isEmpty() ? List.of(usual) : List.copyOf(used);
    }

    @Override
    public int size() {
        return byName.size();
    }

    @Override
    public @Nullable Account account(String name) {
        Credential credential = byName.get(name);
        return credential == null ? null : credential.account();
    }

    @Override
    @Nullable Account check(String name, String password) {
        ScramVerifier madeUp = imitation(name, passwordExamples);
        Credential nobody = imitation(name, madeUp);
        Credential real = byName.get(name);
        ScramVerifier verifier = (real == null ? nobody : real).anyVerifier();
        Credential credential = real == null || verifier == null ? nobody : real;
        byte[] digest = secret.digest(name, password);
        if (credential.remembers(digest)) {
            return credential.account();
        }
        boolean right = (verifier == null ? madeUp : verifier).matches(password);
        if (!(right && credential.isReal())) {
            return null;
        }
        credential.remember(digest);
        return credential.account();
    }

    @Override
    Credential scramCredential(String name, ScramHash hash) {
        Credential nobody = imitation(name, imitation(name, examples(examples, hash)));
        Credential real = byName.get(name);
        return real == null || real.verifier(hash) == null ? nobody : real;
    }

    @Override
    Credential secretCredential(String name) {
        Credential nobody = imitation(name, imitation(name, passwordExamples));
        Credential real = byName.get(name);
        return real == null || real.secret() == null ? nobody : real;
    }

    private Credential imitation(String name, ScramVerifier verifier) {
        return Credential.imitation(name, List.of(verifier), name);
    }

    private ScramVerifier imitation(String name, List<ScramVerifier> models) {
        int choice = secret.bytes(name, "model", 1)[0] & 0xFF;
        ScramVerifier model = models.get(choice * models.size() >> Byte.SIZE);
        int keyLength = model.hash().length();
        return new ScramVerifier(
                model.hash(),
                model.iterations(),
                secret.bytes(name, "salt", model.salt().length),
                secret.bytes(name, "storedKey", keyLength),
                secret.bytes(name, "serverKey", keyLength));
    }
}
