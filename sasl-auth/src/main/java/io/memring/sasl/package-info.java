/**
 * SASL mechanisms, both sides of them, and the credentials that servers check. No network, no
 * threads: whoever has a connection carries the messages.
 *
 * <pre>
 *  SaslServers ── begin ──► SaslServer ── respond(bytes) ──► SaslStep: Challenge, Success, Failure
 *       │                          │
 *       └──── Credentials ◄────────┘   the store of the moment, read again when its file changes
 *                  │
 *                  └──► CredentialStore: Credential per user, and one that imitates for all others
 *
 *  SaslClient ── respond(challenge) ──► bytes
 * </pre>
 *
 * Checking a password takes milliseconds on purpose, so never do it on an event loop. Whatever
 * depends on a secret takes as long for unknown users and wrong passwords as for right ones.
 */
@NullMarked
package io.memring.sasl;

import org.jspecify.annotations.NullMarked;
