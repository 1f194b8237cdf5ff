/**
 * A server in Perl, since Node never leaves a connection in the kernel's queue. Any line on its standard input arms it:
 * it closes every connection and opens files until it may not open any more. When somebody knocks then, it tries
 * to accept, cannot, says so and does nothing more.
 *
 * Arguments: address and port to listen on (0: the kernel's choice), and the response in hexadecimal digits.
 */
export const queueingServer = `
use strict;
use Socket;
use Errno qw(EMFILE);
$| = 1;
my ($host, $port, $hex) = @ARGV;
sub report { my ($act, $detail) = @_; print qq({"act":"$act","detail":"$detail"}\\n) }

socket(my $listener, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
setsockopt($listener, SOL_SOCKET, SO_REUSEADDR, 1) or die "setsockopt: $!";
bind($listener, pack_sockaddr_in($port, inet_aton($host))) or die "bind: $!";
listen($listener, 128) or die "listen: $!";
report('listening', (unpack_sockaddr_in(getsockname($listener)))[0]);

my (%connections, @files, $full);
for (;;) {
  my $readable = '';
  vec($readable, fileno($_), 1) = 1 for \\*STDIN, $listener, values %connections;
  select($readable, undef, undef, undef);
  if (vec($readable, fileno(STDIN), 1)) {
    exit if $full or not sysread(STDIN, my $order, 4096);
    %connections = ();
    while (open(my $file, '<', '/dev/null')) { push @files, $file }
    die "open: $!" unless $! == EMFILE;
    $full = 1;
    report('emfile', 'EMFILE after ' . @files . ' files');
  }
  for (grep { vec($readable, $_, 1) } keys %connections) {
    my $connection = delete $connections{$_} or next;
    syswrite($connection, pack('H*', $hex)) if sysread($connection, my $request, 65536);
  }
  next unless vec($readable, fileno($listener), 1);
  if (accept(my $connection, $listener)) { $connections{fileno($connection)} = $connection }
  elsif ($full) { report('accept-failed', "$!"); sysread(STDIN, my $rest, 4096); exit }
}
`;
