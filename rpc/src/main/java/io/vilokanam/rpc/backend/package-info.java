/**
 * What the RPC methods need of a node, by need. The node implements these interfaces and hands them in; nothing here knows
 * the node.
 *
 * <p>All calls may block and come from many threads at once. Listeners are called by the node, one call after the other in the
 * order in which things happened; they only take note and return at once. No listener is called again after its
 * {@link io.vilokanam.rpc.backend.Registration} was closed, but a call that is under way may still finish.
 */
package io.vilokanam.rpc.backend;
